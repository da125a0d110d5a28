package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A signature of a FIDO authenticator in SSH's encoding (OpenSSH's PROTOCOL.u2f): {@code string type, string signature, byte
 * flags, uint32 counter}. Immutable.
 *
 * <p>The authenticator says in the flags what its user did, and signs them with the message. {@link #verify} says whether they
 * are authentic, not whether they are enough: who lets somebody in asks for {@link #userPresent} and, where the key's entry
 * wants it, for {@link #userVerified}.
 */
public final class SecurityKeySignature {
    private static final String WHAT = "FIDO signature";
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_SIGNATURE_BYTES = 128;
    private static final int MAX_APPLICATION_BYTES = 1024;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;

    private final SshKeyType type;
    private final byte[] signature;
    private final int flags;
    private final long counter;

    private SecurityKeySignature(SshKeyType type, byte[] signature, int flags, long counter) {
        this.type = type;
        this.signature = signature;
        this.flags = flags;
        this.counter = counter;
    }

    /**
     * Reads a signature blob.
     *
     * @param blob the bytes
     * @return the signature, not yet verified
     * @throws SshFormatException if it is malformed, or of a key without a FIDO authenticator
     */
    public static SecurityKeySignature parse(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, WHAT);
        int start = reader.position();
        SshKeyType type = SshKeyType.require(reader.name("type", MAX_NAME_BYTES), WHAT);
        if (!type.isSecurityKey()) {
            throw reader.error(type.wireName() + " is not a type of FIDO keys", start);
        }
        byte[] signature = reader.string("signature", MAX_SIGNATURE_BYTES);
        int flags = reader.octet("flags");
        long counter = reader.uint32("counter");
        reader.end();
        return new SecurityKeySignature(type, signature, flags, counter);
    }

    /**
     * Whether the authenticator's user touched it.
     *
     * @return the flag UP
     */
    public boolean userPresent() {
        return (flags & USER_PRESENT) != 0;
    }

    /**
     * Whether the authenticator made sure who its user is, by a PIN or a fingerprint.
     *
     * @return the flag UV
     */
    public boolean userVerified() {
        return (flags & USER_VERIFIED) != 0;
    }

    /**
     * How many signatures the authenticator counted. Many count nothing, or all their keys together.
     *
     * @return 0 to 2^32 - 1
     */
    public long counter() {
        return counter;
    }

    /**
     * Whether a key made this signature of a message, flags and counter included.
     *
     * @param key the key
     * @param message the message; not modified, not kept
     * @return whether it is authentic; false for a key of another type
     * @throws SshFormatException if the signature's numbers are malformed
     */
    public boolean verify(SshPublicKey key, byte[] message) throws SshFormatException {
        if (key.type() != type) {
            return false;
        }
        SshReader reader = KeyBlob.afterType(key.blob());
        boolean ecdsa = type == SshKeyType.SK_ECDSA_P256;
        byte[] point = ecdsa ? KeyBlob.readPoint(reader, type.curve()) : reader.string("key", Ed25519.BYTES);
        byte[] application = reader.string("application", MAX_APPLICATION_BYTES);
        byte[] signed = new SshWriter()
                .raw(sha256(application))
                .octet(flags)
                .uint32(counter)
                .raw(sha256(message))
                .toByteArray();
        try {
            Signature engine = Signature.getInstance(ecdsa ? "SHA256withECDSA" : "Ed25519");
            engine.initVerify(ecdsa ? ecdsaKey(point) : ed25519Key(point));
            engine.update(signed);
            return engine.verify(ecdsa ? derSignature() : signature);
        } catch (SignatureException e) {
            throw new SshFormatException(WHAT + ": it cannot be one of " + type.wireName(), e);
        } catch (GeneralSecurityException e) {
            throw new SshFormatException(WHAT + ": this Java's providers refuse the key", e);
        }
    }

    private byte[] derSignature() throws SshFormatException {
        int bits = 8 * type.curve().fieldBytes();
        SshReader reader = new SshReader(signature, WHAT);
        BigInteger r = reader.positive("r", bits);
        BigInteger s = reader.positive("s", bits);
        reader.end();
        return DerWriter.element(DerReader.SEQUENCE, DerWriter.integer(r), DerWriter.integer(s));
    }

    private PublicKey ecdsaKey(byte[] point) throws SshFormatException {
        EcCurve curve = type.curve();
        return KeyBlob.publicKey("EC", new ECPublicKeySpec(curve.decode(point, WHAT), curve.parameters()));
    }

    private static PublicKey ed25519Key(byte[] point) throws SshFormatException {
        return KeyBlob.publicKey("Ed25519", new EdECPublicKeySpec(NamedParameterSpec.ED25519, Ed25519.decode(point)));
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecurityKeySignature that
                && type == that.type
                && flags == that.flags
                && counter == that.counter
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(signature) + flags;
    }

    /** The type, the flags and the counter. */
    @Override
    public String toString() {
        return type.wireName() + " signature with flags " + flags + " and counter " + counter;
    }
}
