package org.symbolon.tests.kmip;

import org.symbolon.Attribute;
import org.symbolon.Login;
import org.symbolon.Operation;
import org.symbolon.SessionInfo;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/** Makes keys on the token that PKCS #11 makes in the session, so that the contracts use those of the server. */
record OnTokenSession(SessionSpi session) implements SessionSpi {
    @Override
    public SessionInfo info() {
        return session.info();
    }

    @Override
    @SuppressWarnings("unchecked") // the same kind of request
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        if (request instanceof Request.GenerateKey generate) {
            return (R) session.perform(
                    new Request.GenerateKey(generate.generator(), onToken(generate.template())), options);
        } else if (request instanceof Request.GenerateKeyPair generate) {
            return (R) session.perform(
                    new Request.GenerateKeyPair(
                            generate.generator(),
                            onToken(generate.publicTemplate()),
                            onToken(generate.privateTemplate())),
                    options);
        }
        return session.perform(request, options);
    }

    private static Template onToken(Template template) {
        return template.orElse(Attribute.TOKEN, true);
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        return session.start(request, options);
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return new OnTokenSession(session.login(login, options));
    }

    @Override
    public void close() {
        session.close();
    }
}
