package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.spec.RSAPublicKeySpec;

/** Key blobs from and to DER SubjectPublicKeyInfo: RFC 3279 section 2.3.1, RFC 5480, RFC 8410. */
final class SubjectPublicKeyInfo {
    static final String RSA = "1.2.840.113549.1.1.1";
    static final String RSA_PSS = "1.2.840.113549.1.1.10";
    static final String EC = "1.2.840.10045.2.1";
    static final String ED25519 = "1.3.101.112";
    static final String DSA = "1.2.840.10040.4.1";

    private static final String WHAT = "SubjectPublicKeyInfo";

    private SubjectPublicKeyInfo() {}

    static byte[] toBlob(byte[] der) throws SshFormatException {
        if (der.length > SshPublicKey.MAX_BLOB_BYTES) {
            throw new SshFormatException(WHAT + ": more than " + SshPublicKey.MAX_BLOB_BYTES + " bytes");
        }
        DerReader outer = new DerReader(der, WHAT);
        DerReader info = outer.enter(DerReader.SEQUENCE, "key");
        outer.end();
        DerReader algorithm = info.enter(DerReader.SEQUENCE, "algorithm");
        byte[] bits = info.bits("key bits");
        info.end();
        String oid = algorithm.oid("algorithm");
        return switch (oid) {
            case RSA -> rsa(bits);
            case EC -> {
                EcCurve curve = curve(algorithm, WHAT);
                algorithm.end();
                yield KeyBlob.ecdsa(curve, bits);
            }
            case ED25519 -> {
                algorithm.end();
                yield KeyBlob.ed25519(bits);
            }
            default -> throw new SshFormatException(WHAT + ": " + unsupported(oid));
        };
    }

    /** PKCS #1's RSAPublicKey. */
    static byte[] rsa(byte[] der) throws SshFormatException {
        DerReader outer = new DerReader(der, "RSA public key");
        DerReader key = outer.enter(DerReader.SEQUENCE, "key");
        outer.end();
        BigInteger modulus = key.positive("modulus", SshPublicKey.MAX_RSA_BITS);
        BigInteger exponent = key.positive("public exponent", SshPublicKey.MAX_RSA_BITS);
        key.end();
        KeyBlob.checkRsa(modulus, exponent, "RSA public key");
        return KeyBlob.rsa(modulus, exponent);
    }

    /** The named curve that follows in an algorithm identifier or in SEC 1's parameters. */
    static EcCurve curve(DerReader parameters, String what) throws SshFormatException {
        if (!parameters.next(DerReader.OBJECT_IDENTIFIER)) {
            throw new SshFormatException(what + ": the EC curve is given by its numbers, not by its name");
        }
        String oid = parameters.oid("curve");
        return EcCurve.byOid(oid)
                .orElseThrow(() ->
                        new SshFormatException(what + ": the EC curve " + oid + " is none of P-256, P-384, P-521"));
    }

    static String unsupported(String oid) {
        return switch (oid) {
            case DSA -> "DSA keys are not supported, by OpenSSH neither";
            case RSA_PSS -> "the key is for RSASSA-PSS only, which SSH does not know";
            case "1.3.101.113" -> "Ed448 keys are not supported";
            case "1.3.101.110", "1.3.101.111" -> "the key is for key agreement (X25519, X448), it cannot sign";
            default -> "key algorithm " + oid + " is not supported; supported are RSA, EC and Ed25519";
        };
    }

    static byte[] ofBlob(SshKeyType type, byte[] blob) throws SshFormatException {
        SshReader reader = KeyBlob.afterType(blob);
        return switch (type) {
            case RSA -> {
                RSAPublicKeySpec key = KeyBlob.readRsa(reader);
                byte[] numbers = DerWriter.element(
                        DerReader.SEQUENCE,
                        DerWriter.integer(key.getModulus()),
                        DerWriter.integer(key.getPublicExponent()));
                yield info(rsaAlgorithm(), numbers);
            }
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 ->
                info(ecAlgorithm(type.curve()), KeyBlob.readPoint(reader, type.curve()));
            case ED25519 -> info(ed25519Algorithm(), reader.string("key", Ed25519.BYTES));
            case SK_ECDSA_P256, SK_ED25519 ->
                throw new SshFormatException("A FIDO key (" + type.wireName() + ") has no SubjectPublicKeyInfo");
        };
    }

    static byte[] rsaAlgorithm() {
        return DerWriter.element(DerReader.SEQUENCE, DerWriter.oid(RSA), DerWriter.element(DerReader.NULL));
    }

    static byte[] ecAlgorithm(EcCurve curve) {
        return DerWriter.element(DerReader.SEQUENCE, DerWriter.oid(EC), DerWriter.oid(curve.oid()));
    }

    static byte[] ed25519Algorithm() {
        return DerWriter.element(DerReader.SEQUENCE, DerWriter.oid(ED25519));
    }

    private static byte[] info(byte[] algorithm, byte[] bits) {
        return DerWriter.element(DerReader.SEQUENCE, algorithm, DerWriter.bits(bits));
    }
}
