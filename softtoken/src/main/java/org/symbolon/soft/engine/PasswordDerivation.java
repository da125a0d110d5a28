package org.symbolon.soft.engine;

import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.symbolon.DerivationParameters;
import org.symbolon.Mechanism;
import org.symbolon.TokenException;

/** CKM_PKCS5_PBKD2: PBKDF2 of RFC 8018. */
final class PasswordDerivation {
    private PasswordDerivation() {}

    static byte[] derive(Mechanism mechanism, int bytes) throws TokenException {
        if (!(mechanism.parameters() instanceof DerivationParameters.Pbkdf2 pbkdf2)) {
            throw Failures.parameter(mechanism + " wants PBKDF2 parameters");
        }
        if (pbkdf2.prf().jcaName().startsWith("SHA3-")) {
            throw Failures.parameter(
                    "PKCS #11 has no PBKDF2 with " + pbkdf2.prf().jcaName());
        }
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(Digests.of(pbkdf2.prf()));
        generator.init(pbkdf2.password().sharedArray(), pbkdf2.salt().sharedArray(), pbkdf2.iterations());
        return ((KeyParameter) generator.generateDerivedMacParameters(8 * bytes)).getKey();
    }
}
