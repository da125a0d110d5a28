package org.symbolon.ssh;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * The fields of a private key as OpenSSH writes them, in its key files and to agents (RFC 9987 section 4): after the type's name.
 * What does not fit together is refused; no message shows what was read.
 */
public final class PrivateKeyFields {
    private static final int MAX_NAME_BYTES = 64;

    private PrivateKeyFields() {}

    /**
     * Reads both halves of a key.
     *
     * @param type the type that was named before
     * @param reader stands after the name
     * @return the key
     * @throws SshFormatException if the fields are malformed, do not fit together, or the type is a FIDO key's
     */
    public static KeyPair read(SshKeyType type, SshReader reader) throws SshFormatException {
        return switch (type) {
            case RSA -> {
                BigInteger modulus = reader.positive("modulus", SshPublicKey.MAX_RSA_BITS);
                yield rsa(reader, modulus, reader.positive("public exponent", SshPublicKey.MAX_RSA_BITS));
            }
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> {
                curve(reader, type.curve());
                byte[] point = reader.string("point", 1 + 2 * type.curve().fieldBytes());
                yield ecdsa(reader, type.curve(), point);
            }
            case ED25519 -> ed25519(reader);
            case SK_ECDSA_P256, SK_ED25519 -> throw ofAuthenticator();
        };
    }

    /**
     * Reads what follows a certificate: the fields that it has not got itself.
     *
     * @param certified the certificate's key
     * @param reader stands after the certificate
     * @return the key
     * @throws SshFormatException if the fields are malformed or not the private half of that key, or it is a FIDO key
     */
    public static KeyPair readBeside(SshPublicKey certified, SshReader reader) throws SshFormatException {
        KeyPair pair = switch (certified.type()) {
            case RSA -> {
                RSAPublicKey key = (RSAPublicKey) certified.toPublicKey();
                yield rsa(reader, key.getModulus(), key.getPublicExponent());
            }
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> {
                EcCurve curve = certified.type().curve();
                yield ecdsa(reader, curve, KeyBlob.readPoint(KeyBlob.afterType(certified.blob()), curve));
            }
            case ED25519 -> ed25519(reader);
            case SK_ECDSA_P256, SK_ED25519 -> throw ofAuthenticator();
        };
        if (!SshPublicKey.of(pair.getPublic()).equals(certified)) {
            throw new SshFormatException("private key: it is not that of the certificate before it");
        }
        return pair;
    }

    private static SshFormatException ofAuthenticator() {
        return new SshFormatException("private key: a FIDO key's private half is in its authenticator");
    }

    private static KeyPair rsa(SshReader reader, BigInteger modulus, BigInteger exponent) throws SshFormatException {
        int bits = SshPublicKey.MAX_RSA_BITS;
        BigInteger privateExponent = reader.positive("private exponent", bits);
        BigInteger coefficient = reader.positive("coefficient", bits);
        BigInteger p = reader.positive("prime p", bits);
        BigInteger q = reader.positive("prime q", bits);
        return KeyPairs.rsa(modulus, exponent, privateExponent, p, q, coefficient);
    }

    private static KeyPair ecdsa(SshReader reader, EcCurve curve, byte[] point) throws SshFormatException {
        return KeyPairs.ec(curve, reader.positive("private number", 8 * curve.fieldBytes()), point);
    }

    private static KeyPair ed25519(SshReader reader) throws SshFormatException {
        byte[] point = reader.string("public key", Ed25519.BYTES);
        byte[] both = reader.string("private key", 2 * Ed25519.BYTES);
        byte[] seed = Arrays.copyOf(both, Ed25519.BYTES);
        try {
            if (both.length != 2 * Ed25519.BYTES
                    || !Arrays.equals(both, Ed25519.BYTES, both.length, point, 0, point.length)) {
                throw reader.error("the private key does not end with the public one", reader.position());
            }
            return KeyPairs.ed25519(seed, point);
        } finally {
            Arrays.fill(both, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** The name of the curve. What stands there instead is not shown: it stands among secrets. */
    private static void curve(SshReader reader, EcCurve curve) throws SshFormatException {
        int start = reader.position();
        byte[] name = reader.string("curve", MAX_NAME_BYTES);
        if (!Arrays.equals(name, curve.sshName().getBytes(StandardCharsets.US_ASCII))) {
            throw reader.error("the curve is not " + curve.sshName() + ", as the type says", start);
        }
    }
}
