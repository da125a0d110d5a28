package org.symbolon.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;

/** A FIDO authenticator in software: a key of the JDK that signs what OpenSSH's PROTOCOL.u2f says one signs. */
public final class SoftAuthenticator {
    /** Touched. */
    public static final int PRESENT = 1;
    /** PIN or fingerprint given. */
    public static final int VERIFIED = 4;

    private static final String APPLICATION = "ssh:";

    private final SshKeyType type;
    private final KeyPair pair;
    private final SshPublicKey key;
    private int counter;

    /** One with a new key. */
    public SoftAuthenticator(SshKeyType type) throws GeneralSecurityException {
        this.type = type;
        pair = KeyPairGenerator.getInstance(ecdsa() ? "EC" : "Ed25519").generateKeyPair();
        SshReader plain = KeyBlob.afterType(SshPublicKey.of(pair.getPublic()).blob());
        byte[] fields = plain.raw("fields", plain.remaining());
        key = SshPublicKey.parse(new SshWriter()
                .string(type.wireName())
                .raw(fields)
                .string(APPLICATION)
                .toByteArray());
    }

    /** Its public key. */
    public SshPublicKey key() {
        return key;
    }

    /** The signature blob of a message, with flags as its user was asked. */
    public byte[] sign(byte[] message, int flags) throws GeneralSecurityException {
        counter++;
        byte[] signed = new SshWriter()
                .raw(sha256(APPLICATION.getBytes(StandardCharsets.UTF_8)))
                .octet(flags)
                .uint32(counter)
                .raw(sha256(message))
                .toByteArray();
        Signature engine = Signature.getInstance(ecdsa() ? "SHA256withECDSA" : "Ed25519");
        engine.initSign(pair.getPrivate());
        engine.update(signed);
        SshSignatureAlgorithm plain = ecdsa() ? SshSignatureAlgorithm.ECDSA_P256 : SshSignatureAlgorithm.ED25519;
        return new SshWriter()
                .string(type.wireName())
                .string(SshSignature.ofJca(plain, engine.sign()).toValue())
                .octet(flags)
                .uint32(counter)
                .toByteArray();
    }

    /** The inner part of {@link #sign}'s blob, which MINA puts behind the name. */
    public byte[] signValue(byte[] message, int flags) throws GeneralSecurityException {
        byte[] blob = sign(message, flags);
        return Arrays.copyOfRange(blob, 4 + type.wireName().length(), blob.length);
    }

    private boolean ecdsa() {
        return type == SshKeyType.SK_ECDSA_P256;
    }

    private static byte[] sha256(byte[] data) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }
}
