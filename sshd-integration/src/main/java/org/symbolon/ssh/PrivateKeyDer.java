package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Private keys in DER: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017 appendix A.1.2), SEC 1 (RFC 5915), Ed25519 (RFC 8410). */
final class PrivateKeyDer {
    private static final int PUBLIC_KEY = 0x81;

    private PrivateKeyDer() {}

    /** Any of them, told apart by what follows the version. */
    static KeyPair any(byte[] der) throws SshFormatException {
        DerReader key = sequence(der, "private key file (DER)");
        if (key.next(DerReader.SEQUENCE)) {
            key.enter(DerReader.SEQUENCE, "algorithm");
            if (key.next(DerReader.OCTET_STRING)) {
                throw PrivateKeyFile.encrypted("PKCS #8", "openssl pkey -in FILE -out COPY");
            }
            throw key.error("this is a public key or a certificate, the private key is needed", 0);
        }
        key.version();
        if (key.next(DerReader.INTEGER)) {
            return pkcs1(der);
        }
        return key.next(DerReader.OCTET_STRING) ? sec1(der) : pkcs8(der);
    }

    static KeyPair pkcs8(byte[] der) throws SshFormatException {
        String what = "PKCS #8 private key";
        DerReader info = sequence(der, what);
        int version = info.version();
        DerReader algorithm = info.enter(DerReader.SEQUENCE, "algorithm");
        byte[] inner = info.content(DerReader.OCTET_STRING, "key");
        try {
            if (info.next(DerReader.CONTEXT_0)) {
                info.content(DerReader.CONTEXT_0, "attributes");
            }
            byte[] point = version == 1 && info.next(PUBLIC_KEY) ? info.bits(PUBLIC_KEY, "public key") : null;
            info.end();
            String oid = algorithm.oid("algorithm");
            return switch (oid) {
                case SubjectPublicKeyInfo.RSA -> pkcs1(inner);
                case SubjectPublicKeyInfo.EC -> sec1(inner, SubjectPublicKeyInfo.curve(algorithm, what), point);
                case SubjectPublicKeyInfo.ED25519 -> ed25519(inner, point);
                default -> throw new SshFormatException(what + ": " + SubjectPublicKeyInfo.unsupported(oid));
            };
        } finally {
            Arrays.fill(inner, (byte) 0);
        }
    }

    static KeyPair pkcs1(byte[] der) throws SshFormatException {
        int bits = SshPublicKey.MAX_RSA_BITS;
        DerReader key = sequence(der, "PKCS #1 private key");
        if (key.version() != 0) {
            throw key.error("keys of more than two primes are not supported", 0);
        }
        BigInteger modulus = key.positive("modulus", bits);
        BigInteger exponent = key.positive("public exponent", bits);
        BigInteger privateExponent = key.positive("private exponent", bits);
        BigInteger p = key.positive("prime p", bits);
        BigInteger q = key.positive("prime q", bits);
        key.positive("exponent p", bits);
        key.positive("exponent q", bits);
        BigInteger coefficient = key.positive("coefficient", bits);
        key.end();
        return KeyPairs.rsa(modulus, exponent, privateExponent, p, q, coefficient);
    }

    static KeyPair sec1(byte[] der) throws SshFormatException {
        return sec1(der, null, null);
    }

    /** SEC 1's structure; curve and point may stand around it already. */
    private static KeyPair sec1(byte[] der, @Nullable EcCurve outerCurve, byte @Nullable [] outerPoint)
            throws SshFormatException {
        String what = "SEC 1 private key";
        DerReader key = sequence(der, what);
        if (key.version() != 1) {
            throw key.error("version is not 1", 0);
        }
        byte[] number = key.content(DerReader.OCTET_STRING, "private number");
        try {
            EcCurve curve = outerCurve;
            if (key.next(DerReader.CONTEXT_0)) {
                EcCurve inner = SubjectPublicKeyInfo.curve(key.enter(DerReader.CONTEXT_0, "parameters"), what);
                if (outerCurve != null && inner != outerCurve) {
                    throw key.error("it names two curves", 0);
                }
                curve = inner;
            }
            byte[] point = outerPoint;
            if (key.next(DerReader.CONTEXT_1)) {
                DerReader tagged = key.enter(DerReader.CONTEXT_1, "public key");
                point = tagged.bits("public key");
                tagged.end();
            }
            key.end();
            if (curve == null) {
                throw key.error("it does not name its curve", 0);
            }
            if (number.length > curve.fieldBytes()) {
                throw key.error("the private number is longer than the curve's", 0);
            }
            return KeyPairs.ec(curve, new BigInteger(1, number), point);
        } finally {
            Arrays.fill(number, (byte) 0);
        }
    }

    private static KeyPair ed25519(byte[] inner, byte @Nullable [] point) throws SshFormatException {
        DerReader outer = new DerReader(inner, "Ed25519 private key");
        byte[] seed = outer.content(DerReader.OCTET_STRING, "key");
        try {
            outer.end();
            return KeyPairs.ed25519(seed, point);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static DerReader sequence(byte[] der, String what) throws SshFormatException {
        DerReader outer = new DerReader(der, what);
        DerReader inner = outer.enter(DerReader.SEQUENCE, "sequence");
        outer.end();
        return inner;
    }
}
