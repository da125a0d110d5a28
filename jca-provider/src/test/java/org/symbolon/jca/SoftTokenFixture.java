package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.TokenSecretKey;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** A soft token in memory, logged in to, and its provider at the end of the list. */
final class SoftTokenFixture implements AutoCloseable {
    private final TokenModule module;
    private final Session session;
    private final SymbolonProvider provider;

    SoftTokenFixture() throws GeneralSecurityException {
        module = SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        try (Pin pin = SoftTokens.pin()) {
            session = SoftTokens.initialize(module, "Team").open(Login.user(pin));
        }
        provider = SymbolonProvider.of(session);
        Security.addProvider(provider);
    }

    Session session() {
        return session;
    }

    SymbolonProvider provider() {
        return provider;
    }

    /** Returns a key of the token with this value, for every use that the algorithm has. */
    TokenSecretKey imported(String algorithm, byte[] value) throws GeneralSecurityException {
        return imported(algorithm, value, Template.empty());
    }

    TokenSecretKey imported(String algorithm, byte[] value, Template uses) throws GeneralSecurityException {
        Template template = SecretKeys.template(algorithm, uses)
                .with(Attribute.TOKEN, false)
                .with(Attribute.VALUE, Bytes.of(value));
        return TokenSecretKey.of(session, (SecretKeyObject) session.create(template), algorithm);
    }

    SecretKey generated(String algorithm, int bits) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(algorithm, provider);
        generator.init(bits);
        return generator.generateKey();
    }

    KeyPair pair(String algorithm, @Nullable AlgorithmParameterSpec spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        if (spec != null) {
            generator.initialize(spec);
        } else if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    KeyPair ec(String curve) throws GeneralSecurityException {
        return pair("EC", new ECGenParameterSpec(curve));
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (31 * i + 7);
        }
        return bytes;
    }

    static SecretKeySpec soft(String algorithm, byte[] value) {
        return new SecretKeySpec(value, algorithm);
    }

    @Override
    public void close() {
        Security.removeProvider(provider.getName());
        provider.close();
        session.close();
        module.close();
    }
}
