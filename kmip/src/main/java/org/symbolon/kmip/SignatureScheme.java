package org.symbolon.kmip;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismTable;
import org.symbolon.Status;

/**
 * What a PKCS #11 mechanism is in the terms of KMIP.
 *
 * @param kind the kind of signature
 * @param hash the hash; null for EdDSA, and for ECDSA over a digest of an unusual length
 * @param takesMessage whether it is given the message, and not a digest
 * @param pss the parameters of PSS; null for anything else
 */
record SignatureScheme(
        Kind kind, @Nullable HashAlgorithm hash, boolean takesMessage, MechanismParameters.@Nullable Pss pss) {
    /** Kinds of signatures. */
    enum Kind {
        PKCS1,
        PSS,
        ECDSA,
        EDDSA
    }

    /** {@return the scheme of a mechanism that signs some data with a key of a type} */
    static SignatureScheme of(Mechanism mechanism, KeyType keyType, Bytes data) throws MechanismNotSupportedException {
        MechanismTable.Row row = MechanismTable.row(mechanism.type())
                .filter(each -> each.functions().contains(MechanismFunction.SIGN)
                        && each.keyTypes().contains(keyType))
                .orElseThrow(
                        () -> unsupported(mechanism, "KMIP does not sign so with a key of type " + keyType.name()));
        HashAlgorithm hash = row.hash().orElse(null);
        if (mechanism.parameters() instanceof MechanismParameters.Pss pss) {
            return new SignatureScheme(Kind.PSS, pss.hash(), hash != null, pss);
        }
        if (!(mechanism.parameters() instanceof MechanismParameters.None)) {
            throw unsupported(mechanism, "KMIP has no such parameters");
        }
        if (keyType.equals(KeyType.EC_EDWARDS)) {
            return new SignatureScheme(Kind.EDDSA, null, true, null);
        } else if (keyType.equals(KeyType.EC)) {
            return new SignatureScheme(Kind.ECDSA, hash == null ? ofLength(data.length()) : hash, hash != null, null);
        } else if (keyType.equals(KeyType.RSA)) {
            return new SignatureScheme(
                    Kind.PKCS1, hash == null ? ofDigestInfo(mechanism, data) : hash, hash != null, null);
        }
        throw unsupported(mechanism, "KMIP does not sign with a key of type " + keyType.name());
    }

    /** SHA-2 and SHA-1 digests differ in length, and a curve does not care by which hash of it a digest was made. */
    private static @Nullable HashAlgorithm ofLength(int digestBytes) {
        return Arrays.stream(HashAlgorithm.values())
                .filter(hash -> hash.digestBytes() == digestBytes)
                .findFirst()
                .orElse(null);
    }

    private static HashAlgorithm ofDigestInfo(Mechanism mechanism, Bytes data) throws MechanismNotSupportedException {
        byte[] info = data.toByteArray();
        return Arrays.stream(HashAlgorithm.values())
                .filter(hash -> Arrays.equals(info, hash.digestInfo(tail(info, hash.digestBytes()))))
                .findFirst()
                .orElseThrow(() -> unsupported(
                        mechanism,
                        "KMIP signs digests by their hash, and this is no DigestInfo of a hash that is known"));
    }

    private static byte[] tail(byte[] bytes, int count) {
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - count), Math.max(count, bytes.length));
    }

    /** {@return the digest that a server is to sign; empty if there is none, as with EdDSA} */
    Optional<Bytes> digest(Bytes data) {
        if (kind == Kind.EDDSA) {
            return Optional.empty();
        }
        if (!takesMessage) {
            return Optional.of(
                    kind == Kind.PKCS1 && hash != null
                            ? Bytes.wrap(tail(data.toByteArray(), hash.digestBytes()))
                            : data);
        }
        if (hash == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Bytes.wrap(MessageDigest.getInstance(hash.jcaName()).digest(data.toByteArray())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + hash.jcaName(), e);
        }
    }

    private static MechanismNotSupportedException unsupported(Mechanism mechanism, String why) {
        return new MechanismNotSupportedException(
                Status.ckr("CKR_MECHANISM_INVALID"), mechanism.type().name() + ": " + why);
    }
}
