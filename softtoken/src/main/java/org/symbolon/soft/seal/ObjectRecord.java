package org.symbolon.soft.seal;

import java.util.UUID;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;

/**
 * An object as the database holds it.
 *
 * @param uid names it
 * @param objectClass CKA_CLASS
 * @param visibility CKA_PRIVATE: {@value #PRIVATE} for true, {@value #PUBLIC} for false; what else stands there breaks
 *     the seal
 * @param version counts its changes, from 1
 * @param masterVersion the version of the token master key that it is sealed under
 * @param clear the attributes that are stored in the clear, in their canonical encoding
 * @param sealed the other attributes, sealed; the seal covers every field of this record
 */
public record ObjectRecord(
        UUID uid,
        ObjectClass objectClass,
        long visibility,
        long version,
        long masterVersion,
        Bytes clear,
        Bytes sealed) {
    /** CKA_PRIVATE is false. */
    public static final long PUBLIC = 0;

    /** CKA_PRIVATE is true. */
    public static final long PRIVATE = 1;

    /** {@return whether the object is private} */
    public boolean isPrivate() {
        return visibility != PUBLIC;
    }

    byte[] associatedData(UUID token) {
        return Canonical.of("symbolon 1 object")
                .add(token)
                .add(uid)
                .add(objectClass.code())
                .add(visibility)
                .add(version)
                .add(masterVersion)
                .add(clear)
                .toBytes();
    }

    /**
     * Returns the digest of the whole record, for the manifest.
     *
     * @param token the token's uuid
     * @return 32 bytes
     */
    public Bytes digest(UUID token) {
        return Bytes.wrap(Sha256.digest(associatedData(token), sealed.sharedArray()));
    }
}
