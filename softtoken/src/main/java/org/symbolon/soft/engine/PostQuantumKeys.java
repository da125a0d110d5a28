package org.symbolon.soft.engine;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.generators.SLHDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.ParameterSet;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.soft.object.SecretValues;

/** Keys of ML-DSA, ML-KEM and SLH-DSA, in Bouncy Castle's classes and in attributes. */
final class PostQuantumKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private PostQuantumKeys() {}

    static boolean has(KeyType type) {
        return type.equals(KeyType.ML_DSA) || type.equals(KeyType.ML_KEM) || type.equals(KeyType.SLH_DSA);
    }

    /** Returns the parameter set of a key, which is one of its type. */
    static ParameterSet set(Attributes key) throws TokenException {
        KeyType type = key.get(Attribute.KEY_TYPE);
        long code = key.get(Attribute.PARAMETER_SET);
        return ParameterSet.of(type, code)
                .orElseThrow(() ->
                        Failures.operation("CKR_PARAMETER_SET_NOT_SUPPORTED", type + " has no parameter set " + code));
    }

    static KeyGeneration.Pair generate(KeyType type, Attributes wanted) throws TokenException {
        ParameterSet set = set(wanted.with(Attribute.KEY_TYPE, type));
        AsymmetricCipherKeyPair pair = generate(set);
        Attributes publicPart = Attributes.builder()
                .set(Attribute.PARAMETER_SET, set.code())
                .set(Attribute.VALUE, Bytes.wrap(encoded(pair.getPublic())))
                .build();
        return new KeyGeneration.Pair(publicPart, secretPart(pair.getPrivate()));
    }

    private static AsymmetricCipherKeyPair generate(ParameterSet set) {
        if (set.keyType().equals(KeyType.ML_DSA)) {
            MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
            generator.init(new MLDSAKeyGenerationParameters(RANDOM, mlDsa(set)));
            return generator.generateKeyPair();
        } else if (set.keyType().equals(KeyType.ML_KEM)) {
            MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
            generator.init(new MLKEMKeyGenerationParameters(RANDOM, mlKem(set)));
            return generator.generateKeyPair();
        }
        SLHDSAKeyPairGenerator generator = new SLHDSAKeyPairGenerator();
        generator.init(new SLHDSAKeyGenerationParameters(RANDOM, slhDsa(set)));
        return generator.generateKeyPair();
    }

    /** Returns the secret attributes of a private key: its value and, if it is known, its seed. */
    static Attributes secretPart(AsymmetricKeyParameter key) {
        Attributes.Builder secret = Attributes.builder();
        if (key instanceof MLDSAPrivateKeyParameters mlDsa) {
            byte[] expanded = mlDsa.getParametersWithFormat(MLDSAPrivateKeyParameters.EXPANDED_KEY)
                    .getEncoded();
            secret.set(Attribute.VALUE, SecretBytes.takeOver(expanded));
            seed(secret, mlDsa.getSeed());
        } else if (key instanceof MLKEMPrivateKeyParameters mlKem) {
            byte[] expanded = mlKem.withPreferredFormat(MLKEMPrivateKeyParameters.EXPANDED_KEY)
                    .getEncoded();
            secret.set(Attribute.VALUE, SecretBytes.takeOver(expanded));
            seed(secret, mlKem.getSeed());
        } else {
            secret.set(Attribute.VALUE, SecretBytes.takeOver(((SLHDSAPrivateKeyParameters) key).getEncoded()));
        }
        return secret.build();
    }

    private static void seed(Attributes.Builder secret, byte @org.jspecify.annotations.Nullable [] seed) {
        if (seed != null) {
            secret.set(Attribute.SEED, SecretBytes.takeOver(seed.clone()));
        }
    }

    /** Returns a private key of its attributes; a seed that is there makes the value that is there. */
    static AsymmetricKeyParameter privateKey(Attributes key) throws TokenException {
        ParameterSet set = set(key);
        byte[] value = key.get(Attribute.VALUE).toByteArray();
        try {
            AsymmetricKeyParameter made = privateKey(set, value);
            if (secretPart(made).get(Attribute.VALUE).length() != value.length) {
                throw Failures.value("CKA_VALUE is the expanded private key, CKA_SEED what it is made of");
            }
            if (key.has(Attribute.SEED)) {
                requireSame(secretPart(privateKey(set, key.get(Attribute.SEED).toByteArray())), value);
            }
            return made;
        } catch (IllegalArgumentException e) {
            throw Failures.value("CKA_VALUE is no private key of " + set.displayName() + ": " + e.getMessage());
        }
    }

    /** Returns the template of a private key that is given by its seed alone with the value that the seed makes. */
    static Attributes expand(Attributes template) throws TokenException {
        ParameterSet set = set(template);
        try {
            Attributes made =
                    secretPart(privateKey(set, template.get(Attribute.SEED).sharedArray()));
            if (!made.has(Attribute.SEED)) {
                SecretValues.wipe(made);
                throw Failures.value("CKA_SEED is what a key is made of, CKA_VALUE the expanded key");
            }
            SecretValues.wipe(made.without(Attribute.VALUE));
            return template.with(Attribute.VALUE, made.get(Attribute.VALUE));
        } catch (IllegalArgumentException e) {
            throw Failures.value("CKA_SEED is no seed of " + set.displayName() + ": " + e.getMessage());
        }
    }

    private static void requireSame(Attributes ofSeed, byte[] value) throws TokenException {
        if (!ofSeed.get(Attribute.VALUE).equals(SecretBytes.copyOf(value))) {
            throw Failures.value("CKA_SEED makes another key than CKA_VALUE");
        }
    }

    private static AsymmetricKeyParameter privateKey(ParameterSet set, byte[] value) {
        if (set.keyType().equals(KeyType.ML_DSA)) {
            return new MLDSAPrivateKeyParameters(mlDsa(set), value);
        } else if (set.keyType().equals(KeyType.ML_KEM)) {
            return new MLKEMPrivateKeyParameters(mlKem(set), value);
        }
        return new SLHDSAPrivateKeyParameters(slhDsa(set), value);
    }

    static AsymmetricKeyParameter publicKey(Attributes key) throws TokenException {
        ParameterSet set = set(key);
        byte[] value = key.get(Attribute.VALUE).toByteArray();
        try {
            if (set.keyType().equals(KeyType.ML_DSA)) {
                return new MLDSAPublicKeyParameters(mlDsa(set), value);
            } else if (set.keyType().equals(KeyType.ML_KEM)) {
                return new MLKEMPublicKeyParameters(mlKem(set), value);
            }
            return new SLHDSAPublicKeyParameters(slhDsa(set), value);
        } catch (IllegalArgumentException e) {
            throw Failures.value("CKA_VALUE is no public key of " + set.displayName() + ": " + e.getMessage());
        }
    }

    /** Returns the public half of a private key. */
    static byte[] publicValue(Attributes privateKey) throws TokenException {
        AsymmetricKeyParameter key = privateKey(privateKey);
        if (key instanceof MLDSAPrivateKeyParameters mlDsa) {
            return mlDsa.getPublicKey();
        } else if (key instanceof MLKEMPrivateKeyParameters mlKem) {
            return mlKem.getPublicKey();
        }
        return ((SLHDSAPrivateKeyParameters) key).getPublicKey();
    }

    private static byte[] encoded(AsymmetricKeyParameter publicKey) {
        if (publicKey instanceof MLDSAPublicKeyParameters mlDsa) {
            return mlDsa.getEncoded();
        } else if (publicKey instanceof MLKEMPublicKeyParameters mlKem) {
            return mlKem.getEncoded();
        }
        return ((SLHDSAPublicKeyParameters) publicKey).getEncoded();
    }

    /** Returns the PKCS #8 encoding of a private key: with its seed if that is known (RFC 9881, 9909, 9935). */
    static byte[] pkcs8(Attributes key) throws TokenException {
        ParameterSet set = set(key);
        byte[] value = key.find(Attribute.SEED).orElse(key.get(Attribute.VALUE)).toByteArray();
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey(set, value))
                    .getEncoded();
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /** Returns the SubjectPublicKeyInfo (RFC 9881, 9909, 9935). */
    static Bytes info(ParameterSet set, byte[] publicValue) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier(set.objectIdentifier()));
        try {
            return Bytes.wrap(new SubjectPublicKeyInfo(algorithm, publicValue).getEncoded());
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    static MLDSAParameters mlDsa(ParameterSet set) {
        return switch (set) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            default -> MLDSAParameters.ml_dsa_87;
        };
    }

    static MLKEMParameters mlKem(ParameterSet set) {
        return switch (set) {
            case ML_KEM_512 -> MLKEMParameters.ml_kem_512;
            case ML_KEM_768 -> MLKEMParameters.ml_kem_768;
            default -> MLKEMParameters.ml_kem_1024;
        };
    }

    static SLHDSAParameters slhDsa(ParameterSet set) {
        return switch (set) {
            case SLH_DSA_SHA2_128S -> SLHDSAParameters.sha2_128s;
            case SLH_DSA_SHA2_128F -> SLHDSAParameters.sha2_128f;
            case SLH_DSA_SHA2_192S -> SLHDSAParameters.sha2_192s;
            case SLH_DSA_SHA2_192F -> SLHDSAParameters.sha2_192f;
            case SLH_DSA_SHA2_256S -> SLHDSAParameters.sha2_256s;
            case SLH_DSA_SHA2_256F -> SLHDSAParameters.sha2_256f;
            case SLH_DSA_SHAKE_128S -> SLHDSAParameters.shake_128s;
            case SLH_DSA_SHAKE_128F -> SLHDSAParameters.shake_128f;
            case SLH_DSA_SHAKE_192S -> SLHDSAParameters.shake_192s;
            case SLH_DSA_SHAKE_192F -> SLHDSAParameters.shake_192f;
            case SLH_DSA_SHAKE_256S -> SLHDSAParameters.shake_256s;
            case SLH_DSA_SHAKE_256F -> SLHDSAParameters.shake_256f;
            default -> throw new AssertionError(set + " is of another kind");
        };
    }
}
