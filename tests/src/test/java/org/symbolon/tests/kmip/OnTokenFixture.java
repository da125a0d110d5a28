package org.symbolon.tests.kmip;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;

/** Our server with every key on it, those too that are session objects elsewhere. */
class OnTokenFixture extends ServedKmip {
    OnTokenFixture(Map<String, String> settings) {
        super(settings);
    }

    @Override
    public Session open(Token token) throws TokenException {
        return super.open(token).decorated(OnTokenSession::new);
    }

    @Override
    public Map<String, String> exclusions() {
        Map<String, String> all = new HashMap<>(super.exclusions());
        all.put("generate_withALabelOrId_makesATokenObject", "here every key is a token object");
        return all;
    }
}
