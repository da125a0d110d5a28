package org.symbolon.key;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.XECPrivateKey;
import java.util.Arrays;
import javax.crypto.interfaces.DHPrivateKey;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ParameterSet;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Brings key pairs of the JDK into a token. Thread-safe. */
public final class KeyImport {
    private KeyImport() {}

    /**
     * Imports a key pair: creates its private and its public key as objects.
     *
     * @param session a session that may write
     * @param keys a key pair as {@link PrivateKeyTemplate#of} takes it; stays the caller's
     * @param common attributes of both objects: label, id, CKA_TOKEN
     * @param privateTemplate attributes of the private key alone: CKA_EXTRACTABLE and the like
     * @return the objects
     * @throws IllegalArgumentException if it is a key pair of another type, or opaque
     * @throws TokenException if the token refuses or fails; if the private key could not be created, nothing was
     */
    public static KeyPairObject keyPair(Session session, KeyPair keys, Template common, Template privateTemplate)
            throws TokenException {
        Template publicKey = PublicKeys.template(keys.getPublic()).and(common);
        try (PrivateKeyTemplate privateKey = PrivateKeyTemplate.of(keys.getPrivate(), keys.getPublic())) {
            PrivateKeyObject imported = (PrivateKeyObject)
                    session.create(privateKey.template().and(common).and(privateTemplate));
            try {
                return new KeyPairObject((PublicKeyObject) session.create(publicKey), imported);
            } catch (TokenException e) {
                session.destroy(imported);
                throw e;
            }
        }
    }

    /** The template of a private key, with secret values that are wiped when it is closed. */
    public static final class PrivateKeyTemplate implements AutoCloseable {
        private final Template template;

        private PrivateKeyTemplate(Template template) {
            this.template = template;
        }

        /**
         * Returns the template that imports a private key: class, key type and key material, without label and id.
         *
         * <p>An ML-DSA or ML-KEM key that is encoded as its seed alone (RFC 9881, RFC 9935) gives a template with CKA_SEED and
         * without CKA_VALUE: the soft token expands it, others may refuse it as incomplete.
         *
         * @param key an RSA key with CRT parameters, an EC, EdDSA, XDH, DH, ML-DSA, ML-KEM or SLH-DSA key of any provider
         * @param publicKey its public key
         * @return the template, to be closed
         * @throws IllegalArgumentException if it is a key of another type, or opaque, or does not go with the public key: RSA
         *     and DH numbers are compared here, of other keys the kind alone; the rest is the token's, and the soft token does it
         */
        public static PrivateKeyTemplate of(PrivateKey key, java.security.PublicKey publicKey) {
            Attributes publicAttributes = PublicKeys.template(publicKey).attributes();
            Template template = Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                    .with(Attribute.KEY_TYPE, publicAttributes.get(Attribute.KEY_TYPE));
            if (key instanceof RSAPrivateCrtKey rsa) {
                requirePair(fits(rsa, publicAttributes), key);
                return new PrivateKeyTemplate(rsa(template, rsa));
            } else if (key instanceof DHPrivateKey dh && publicAttributes.has(Attribute.PRIME)) {
                requirePair(fits(dh, publicAttributes), key);
                return new PrivateKeyTemplate(template.with(
                                Attribute.PRIME, Unsigned.bytes(dh.getParams().getP()))
                        .with(Attribute.BASE, Unsigned.bytes(dh.getParams().getG()))
                        .with(Attribute.VALUE, secret(dh.getX())));
            } else if (publicAttributes.has(Attribute.PARAMETER_SET)) {
                return new PrivateKeyTemplate(ofParameterSet(template, key, publicAttributes));
            }
            if (!publicAttributes.has(Attribute.EC_PARAMS)) {
                throw opaque(key);
            }
            NamedCurve curve = NamedCurve.ofEcParams(publicAttributes.get(Attribute.EC_PARAMS))
                    .orElseThrow();
            return new PrivateKeyTemplate(template.with(Attribute.EC_PARAMS, curve.ecParams())
                    .with(Attribute.VALUE, SecretBytes.takeOver(privateValue(key, curve)))
                    .with(
                            Attribute.PUBLIC_KEY_INFO,
                            PublicKeys.subjectPublicKeyInfo(publicAttributes).orElseThrow()));
        }

        private static void requirePair(boolean fits, PrivateKey key) {
            if (!fits) {
                throw new IllegalArgumentException(
                        "the public key is not that of the " + key.getAlgorithm() + " private key");
            }
        }

        private static boolean fits(RSAPrivateCrtKey key, Attributes publicKey) {
            return has(publicKey, Attribute.MODULUS, key.getModulus())
                    && has(publicKey, Attribute.PUBLIC_EXPONENT, key.getPublicExponent());
        }

        private static boolean fits(DHPrivateKey key, Attributes publicKey) {
            BigInteger prime = key.getParams().getP();
            BigInteger base = key.getParams().getG();
            return has(publicKey, Attribute.PRIME, prime)
                    && has(publicKey, Attribute.BASE, base)
                    && has(publicKey, Attribute.VALUE, base.modPow(key.getX(), prime));
        }

        private static boolean has(Attributes publicKey, Attribute<Bytes> attribute, BigInteger number) {
            return publicKey
                    .find(attribute)
                    .filter(Unsigned.bytes(number)::equals)
                    .isPresent();
        }

        private static Template ofParameterSet(Template template, PrivateKey key, Attributes publicAttributes) {
            long code = publicAttributes.get(Attribute.PARAMETER_SET);
            ParameterSet set = ParameterSet.of(publicAttributes.get(Attribute.KEY_TYPE), code)
                    .orElseThrow();
            byte[] encoded = key.getEncoded();
            if (encoded == null) {
                throw opaque(key);
            }
            try {
                return ParameterSetSecrets.of(set, encoded)
                        .addTo(template.with(Attribute.PARAMETER_SET, code)
                                .with(
                                        Attribute.PUBLIC_KEY_INFO,
                                        PublicKeys.subjectPublicKeyInfo(publicAttributes)
                                                .orElseThrow()));
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        }

        private static byte[] privateValue(PrivateKey key, NamedCurve curve) {
            if (key instanceof ECPrivateKey ec && curve.keyType().equals(KeyType.EC)) {
                return Unsigned.bytes(ec.getS(), curve.fieldBytes());
            } else if (key instanceof EdECPrivateKey ed) {
                return ed.getBytes().orElseThrow(() -> opaque(key));
            } else if (key instanceof XECPrivateKey xec) {
                return xec.getScalar().orElseThrow(() -> opaque(key));
            }
            throw opaque(key);
        }

        private static Template rsa(Template template, RSAPrivateCrtKey key) {
            return template.with(Attribute.MODULUS, Unsigned.bytes(key.getModulus()))
                    .with(Attribute.PUBLIC_EXPONENT, Unsigned.bytes(key.getPublicExponent()))
                    .with(Attribute.PRIVATE_EXPONENT, secret(key.getPrivateExponent()))
                    .with(Attribute.PRIME_1, secret(key.getPrimeP()))
                    .with(Attribute.PRIME_2, secret(key.getPrimeQ()))
                    .with(Attribute.EXPONENT_1, secret(key.getPrimeExponentP()))
                    .with(Attribute.EXPONENT_2, secret(key.getPrimeExponentQ()))
                    .with(Attribute.COEFFICIENT, secret(key.getCrtCoefficient()));
        }

        private static SecretBytes secret(BigInteger value) {
            byte[] bytes = Unsigned.bytes(value).toByteArray();
            try {
                return SecretBytes.copyOf(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }

        private static IllegalArgumentException opaque(PrivateKey key) {
            return new IllegalArgumentException("a private key of algorithm " + key.getAlgorithm() + " ("
                    + key.getClass().getName() + ") cannot be imported: "
                    + (key.getEncoded() == null
                            ? "it is opaque"
                            : "RSA, EC, EdDSA, XDH, DH, ML-DSA, ML-KEM and SLH-DSA keys can"));
        }

        /** {@return the template; its secret values are good until this is closed} */
        public Template template() {
            return template;
        }

        /** Wipes the secret values. Idempotent. */
        @Override
        public void close() {
            for (Attribute<?> attribute : template.attributes().present()) {
                if (template.attributes().find(attribute).orElse(null) instanceof SecretBytes secret) {
                    secret.close();
                }
            }
        }
    }
}
