package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;

/** Key blobs from and to Java keys: RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4, PROTOCOL.u2f. */
final class KeyBlob {
    private static final String WHAT = "SSH key";
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_APPLICATION_BYTES = 1024;
    /** The JDK takes no longer exponents with big moduli; who uses longer ones is not known. */
    private static final int MAX_EXPONENT_BITS = 64;

    private KeyBlob() {}

    /** The type of a blob all of whose fields are as they should be. */
    static SshKeyType check(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, WHAT);
        SshKeyType type = SshKeyType.require(reader.name("type", MAX_NAME_BYTES), WHAT);
        String what = WHAT + " " + type.wireName();
        switch (type) {
            case RSA -> readRsa(reader);
            case ECDSA_P256, ECDSA_P384, ECDSA_P521, SK_ECDSA_P256 ->
                type.curve().decode(readPoint(reader, type.curve()), what);
            case ED25519, SK_ED25519 -> Ed25519.check(reader.string("key", Ed25519.BYTES), what);
        }
        if (type.isSecurityKey()) {
            reader.string("application", MAX_APPLICATION_BYTES);
        }
        reader.end();
        return type;
    }

    static byte[] of(PublicKey key) throws SshFormatException {
        if (key instanceof RSAPublicKey rsa) {
            checkRsa(rsa.getModulus(), rsa.getPublicExponent(), "RSA key");
            return rsa(rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof ECPublicKey ec) {
            EcCurve curve = EcCurve.of(ec.getParams())
                    .orElseThrow(() -> new SshFormatException("EC key: its curve is none of P-256, P-384, P-521"));
            return ecdsa(curve, curve.encode(ec.getW()));
        }
        if (key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals("Ed25519")) {
            return ed25519(Ed25519.encode(edwards.getPoint()));
        }
        byte[] encoded = key.getEncoded();
        if (encoded == null || !"X.509".equals(key.getFormat())) {
            throw new SshFormatException("A key of algorithm " + key.getAlgorithm() + " has no SSH form");
        }
        return SubjectPublicKeyInfo.toBlob(encoded);
    }

    static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        return new SshWriter()
                .string(SshKeyType.RSA.wireName())
                .mpint(exponent)
                .mpint(modulus)
                .toByteArray();
    }

    static byte[] ecdsa(EcCurve curve, byte[] point) {
        return new SshWriter()
                .string("ecdsa-sha2-" + curve.sshName())
                .string(curve.sshName())
                .string(point)
                .toByteArray();
    }

    static byte[] ed25519(byte[] raw) {
        return new SshWriter().string(SshKeyType.ED25519.wireName()).string(raw).toByteArray();
    }

    static PublicKey toPublicKey(SshKeyType type, byte[] blob) throws SshFormatException {
        SshReader reader = afterType(blob);
        return switch (type) {
            case RSA -> publicKey("RSA", readRsa(reader));
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> {
                EcCurve curve = type.curve();
                byte[] point = readPoint(reader, curve);
                yield publicKey("EC", new ECPublicKeySpec(curve.decode(point, WHAT), curve.parameters()));
            }
            case ED25519 -> {
                byte[] raw = reader.string("key", Ed25519.BYTES);
                yield publicKey("Ed25519", new EdECPublicKeySpec(NamedParameterSpec.ED25519, Ed25519.decode(raw)));
            }
            case SK_ECDSA_P256, SK_ED25519 ->
                throw new SshFormatException(WHAT + " " + type.wireName()
                        + ": a FIDO key is no Java public key, it signs more than the message");
        };
    }

    /** The type of a blob that was made here. */
    static SshKeyType typeOf(byte[] blob) throws SshFormatException {
        return SshKeyType.require(new SshReader(blob, WHAT).name("type", MAX_NAME_BYTES), WHAT);
    }

    /** A reader of a checked blob, standing after the type. */
    static SshReader afterType(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, WHAT);
        reader.name("type", MAX_NAME_BYTES);
        return reader;
    }

    static RSAPublicKeySpec readRsa(SshReader reader) throws SshFormatException {
        BigInteger exponent = reader.positive("public exponent", MAX_EXPONENT_BITS);
        BigInteger modulus = reader.positive("modulus", SshPublicKey.MAX_RSA_BITS);
        checkRsa(modulus, exponent, WHAT + " ssh-rsa");
        return new RSAPublicKeySpec(modulus, exponent);
    }

    static void checkRsa(BigInteger modulus, BigInteger exponent, String what) throws SshFormatException {
        int bits = modulus.bitLength();
        if (bits < SshPublicKey.MIN_RSA_BITS || bits > SshPublicKey.MAX_RSA_BITS) {
            throw new SshFormatException(String.format(
                    "%s: the modulus has %d bits, %d to %d are allowed",
                    what, bits, SshPublicKey.MIN_RSA_BITS, SshPublicKey.MAX_RSA_BITS));
        }
        if (!modulus.testBit(0) || !exponent.testBit(0) || exponent.equals(BigInteger.ONE)) {
            throw new SshFormatException(what + ": the modulus is even, or the public exponent is even or 1");
        }
        if (exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new SshFormatException(what + ": the public exponent has more than " + MAX_EXPONENT_BITS + " bits");
        }
    }

    static byte[] readPoint(SshReader reader, EcCurve curve) throws SshFormatException {
        int start = reader.position();
        String name = reader.name("curve", MAX_NAME_BYTES);
        if (!name.equals(curve.sshName())) {
            throw reader.error("curve is \"" + Text.quoted(name) + "\" instead of " + curve.sshName(), start);
        }
        return reader.string("point", 1 + 2 * curve.fieldBytes());
    }

    static PublicKey publicKey(String algorithm, KeySpec spec) throws SshFormatException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new SshFormatException(WHAT + ": this Java's providers refuse the " + algorithm + " key", e);
        }
    }
}
