package org.symbolon.kmip.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Objects that are on a server for one operation, and fetched and destroyed after it. Thread-safe. */
final class Passing {
    private static final Logger LOG = LoggerFactory.getLogger(Passing.class);

    private final Server server;
    private final ObjectMaker maker;

    Passing(Server server, ObjectMaker maker) {
        this.server = server;
        this.maker = maker;
    }

    /** Returns what is said of an object that is to be fetched. */
    Attributes attributes(int bits, Deadline deadline) throws TokenException {
        Attributes all = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, bits)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.DERIVE_KEY);
        return server.memory().readsSecrecy() && server.version(deadline).isAtLeast(KmipVersion.V1_4)
                ? all.with(AttributeType.SENSITIVE, false).with(AttributeType.EXTRACTABLE, true)
                : all;
    }

    /** Fetches the bytes of an object, which belong to the caller, and destroys it; 0 takes any length. */
    byte[] take(UniqueIdentifier id, @Nullable KeyWrapType wrapType, int bytes, Deadline deadline)
            throws TokenException {
        try {
            ManagedObject object = server.call(new Get.Request(id, null, wrapType, null, null), deadline)
                    .object();
            Bytes encoding = block(object)
                    .filter(block -> block.keyWrappingData() == null)
                    .flatMap(KeyBlock::encoding)
                    .orElseThrow(() -> new TokenProtocolException(
                            Status.ckr("CKR_DEVICE_ERROR"), "the server gave a key in another form than its bytes"));
            byte[] value = encoding.toByteArray();
            if (encoding instanceof SecretBytes secret) {
                secret.close();
            }
            if (bytes != 0 && value.length != bytes) {
                int given = value.length;
                java.util.Arrays.fill(value, (byte) 0);
                throw new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the server gave a key of " + given + " bytes and not the " + bytes + " that were asked for");
            }
            return value;
        } finally {
            destroy(id, deadline);
        }
    }

    /** Returns the block of a key with secret parts. */
    static Optional<KeyBlock> block(ManagedObject object) {
        if (object instanceof SecretData data) {
            return Optional.of(data.keyBlock());
        } else if (object instanceof PrivateKey key) {
            return Optional.of(key.keyBlock());
        }
        return object instanceof SymmetricKey key ? Optional.of(key.keyBlock()) : Optional.empty();
    }

    /** Destroys an object; what stays because of a failure is told, and does not hide what came before. */
    void destroy(UniqueIdentifier id, Deadline deadline) {
        try {
            maker.destroy(id, deadline);
        } catch (TokenException e) {
            LOG.warn("the object {} was needed for one operation and stays on the server: {}", id, e.getMessage());
        }
    }
}
