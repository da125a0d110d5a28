package org.symbolon.jca;

import java.lang.reflect.Method;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.Template;
import org.symbolon.key.KeyImport;

/** Runs on Java 24 or newer: the JDK verifies and encapsulates, the token signs and decapsulates. */
final class NewerJdkScenario {
    static final String DONE = "all of it works";

    private NewerJdkScenario() {}

    public static void main(String[] arguments) throws Exception {
        try (SoftTokenFixture token = new SoftTokenFixture()) {
            for (String set : new String[] {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"}) {
                sign(token, set);
                importFromJdk(token, set);
            }
            for (String set : new String[] {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"}) {
                encapsulate(token, "ML-KEM", token.pair(set, null));
            }
            for (String curve : new String[] {"secp256r1", "secp384r1", "secp521r1"}) {
                encapsulate(token, "DHKEM", token.ec(curve));
            }
            encapsulate(token, "DHKEM", token.pair("X25519", null));
            encapsulate(token, "DHKEM", token.pair("X448", null));
            requireParameters(token.ec("secp256r1").getPrivate(), ECParameterSpec.class);
            requireParameters(token.pair("Ed25519", null).getPrivate(), NamedParameterSpec.class);
            requireParameters(token.pair("X25519", null).getPrivate(), NamedParameterSpec.class);
            requireParameters(token.pair("ML-DSA-44", null).getPrivate(), NamedParameterSpec.class);
            parameters(token.pair("RSA", null).getPrivate());
        }
        System.out.println(DONE);
    }

    private static void sign(SoftTokenFixture token, String set) throws Exception {
        KeyPair pair = token.pair(set, null);
        byte[] message = SoftTokenFixture.bytes(100);
        Signature signing = Signature.getInstance("ML-DSA");
        signing.initSign(pair.getPrivate());
        signing.update(message);
        require(token.provider().equals(signing.getProvider()), "the token signs by the key alone");
        byte[] signed = signing.sign();
        Signature verifying = Signature.getInstance(set);
        verifying.initVerify(pair.getPublic());
        verifying.update(message);
        require(!token.provider().equals(verifying.getProvider()), "the JDK verifies");
        require(verifying.verify(signed), "the JDK finds the signature good");
    }

    /** The JDK's own keys come into the token, in whatever form its version encodes them. */
    private static void importFromJdk(SoftTokenFixture token, String set) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(set, "SUN").generateKeyPair();
        KeyPairObject stored = KeyImport.keyPair(token.session(), pair, Template.label(set), Template.empty());
        Signature verifying = Signature.getInstance(set, "SUN");
        verifying.initVerify(pair.getPublic());
        require(
                verifying.verify(token.session().sign(stored.privateKey(), Mechanism.ML_DSA, new byte[0])),
                "the JDK finds the signature of its imported key good");
    }

    private static void encapsulate(SoftTokenFixture token, String algorithm, KeyPair pair) throws Exception {
        KEM kem = KEM.getInstance(algorithm);
        KEM.Encapsulator encapsulator = kem.newEncapsulator(pair.getPublic());
        require(!encapsulator.providerName().equals(token.provider().getName()), "the JDK encapsulates");
        KEM.Encapsulated made = encapsulator.encapsulate(0, 32, "AES");
        KEM.Decapsulator decapsulator = kem.newDecapsulator(pair.getPrivate());
        require(decapsulator.providerName().equals(token.provider().getName()), "the token decapsulates");
        SecretKey key = decapsulator.decapsulate(made.encapsulation(), 0, 32, "AES");
        require(Arrays.equals(key.getEncoded(), made.key().getEncoded()), "both have the same secret");
    }

    private static void requireParameters(PrivateKey key, Class<? extends AlgorithmParameterSpec> kind)
            throws Exception {
        require(kind.isInstance(parameters(key)), key + " tells its parameters as an AsymmetricKey");
    }

    /** Java 22 has this method; the tests are compiled for 17. */
    private static Object parameters(PrivateKey key) throws Exception {
        Method getParams = Class.forName("java.security.AsymmetricKey").getMethod("getParams");
        return getParams.invoke(key);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not so: " + what);
        }
    }
}
