package org.symbolon.kmip.token;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.DerivationMethod;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.DeriveKey;
import org.symbolon.kmip.operation.Register;
import org.symbolon.spi.Request;

/**
 * Derives keys of keys that stay on the server (Derive Key, KMIP 2.1 section 6.1.12). What comes of it is fetched as Secret Data, which
 * is destroyed on the server at once, and becomes a session object. Thread-safe.
 */
final class ServerDerivation {
    private static final int COUNTER_BITS = 32;
    private static final int MAX_BYTES = 1024;

    private final Passing passing;
    private final Server server;

    ServerDerivation(Server server, ObjectMaker maker) {
        this.server = server;
        this.passing = new Passing(server, maker);
    }

    /** How KMIP says a derivation. */
    private record How(DerivationMethod method, org.symbolon.kmip.object.DerivationParameters parameters) {
        static How of(
                DerivationMethod method,
                @Nullable HashAlgorithm hash,
                @Nullable Bytes iv,
                Optional<Bytes> data,
                @Nullable Bytes salt) {
            return new How(
                    method,
                    new org.symbolon.kmip.object.DerivationParameters(
                            hash == null ? null : CryptoParameters.hashing(hash),
                            iv,
                            data.stream().toList(),
                            salt,
                            null));
        }
    }

    /** Returns the value of the derived key, which belongs to the caller. */
    byte[] derive(ServedObject base, Request.DeriveKey request, Deadline deadline) throws TokenException {
        Mechanism mechanism = request.algorithm();
        Attributes template = request.template().attributes();
        long asked = template.find(Attribute.VALUE_LEN).orElse((long) onlyLength(template));
        if (asked < 0 || asked > MAX_BYTES) {
            throw Refusals.attribute(
                    "CKR_ATTRIBUTE_VALUE_INVALID", "CKA_VALUE_LEN of a derived key is 1 to " + MAX_BYTES);
        }
        int bytes = (int) asked;
        if (mechanism.parameters() instanceof DerivationParameters.Ecdh ecdh) {
            return agreed(base, ecdh, bytes, deadline);
        }
        How how = how(mechanism);
        if (bytes == 0) {
            throw Refusals.attribute("CKR_TEMPLATE_INCOMPLETE", "CKA_VALUE_LEN says how long the new key is");
        }
        return derived(List.of(base.id()), how, bytes, deadline);
    }

    private static int onlyLength(Attributes template) {
        KeyType type = template.find(Attribute.KEY_TYPE).orElse(KeyType.GENERIC_SECRET);
        if (type.equals(KeyType.DES3)) {
            return 24;
        }
        return type.equals(KeyType.CHACHA20) ? 32 : 0;
    }

    private static How how(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof DerivationParameters.Hkdf hkdf
                && hkdf.extract()
                && hkdf.expand()
                && hkdf.saltKey().isEmpty()) {
            Bytes salt = hkdf.salt().isEmpty() ? null : hkdf.salt();
            return How.of(DerivationMethod.HKDF, hkdf.hash(), null, Optional.of(hkdf.info()), salt);
        }
        if (mechanism.parameters() instanceof DerivationParameters.Sp800108 kdf) {
            return how(mechanism, kdf);
        }
        throw Refusals.mechanism("KMIP has no derivation " + mechanism.type() + " with these parameters");
    }

    /** KMIP does not say where the counter stands: what is asked of a server is what NIST writes first, the counter before the data. */
    private static How how(Mechanism mechanism, DerivationParameters.Sp800108 kdf) throws TokenException {
        DerivationMethod method = switch (mechanism.type().name()) {
            case "CKM_SP800_108_COUNTER_KDF" -> DerivationMethod.NIST800_108_C;
            case "CKM_SP800_108_FEEDBACK_KDF" -> DerivationMethod.NIST800_108_F;
            default -> DerivationMethod.NIST800_108_DPI;
        };
        boolean counts = method.equals(DerivationMethod.NIST800_108_C);
        List<DerivationParameters.KdfField> fields = kdf.fields();
        int before = counts ? 1 : 2;
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        boolean usual = fields.size() >= before
                && fields.get(0) instanceof DerivationParameters.KdfField.IterationVariable variable
                && (!counts || isUsual(variable.bits(), variable.littleEndian()))
                && (counts
                        || (fields.get(1) instanceof DerivationParameters.KdfField.Counter counter
                                && isUsual(counter.bits(), counter.littleEndian())));
        for (int i = before; usual && i < fields.size(); i++) {
            usual = fields.get(i) instanceof DerivationParameters.KdfField.FixedData;
            if (fields.get(i) instanceof DerivationParameters.KdfField.FixedData fixed) {
                data.writeBytes(fixed.data().sharedArray());
            }
        }
        Optional<HashAlgorithm> hash = MechanismTable.row(kdf.prf()).flatMap(MechanismTable.Row::hash);
        if (!usual || hash.isEmpty() || !kdf.prf().name().endsWith("_HMAC")) {
            throw Refusals.mechanism("a KMIP server derives by " + mechanism.type()
                    + " with an HMAC, a counter of 32 bits in network order first, and fixed data after it");
        }
        Bytes iv = kdf.iv().isEmpty() ? null : kdf.iv();
        return How.of(method, hash.get(), iv, Optional.of(Bytes.wrap(data.toByteArray())), null);
    }

    private static boolean isUsual(int bits, boolean littleEndian) {
        return bits == COUNTER_BITS && !littleEndian;
    }

    private byte[] agreed(ServedObject base, DerivationParameters.Ecdh ecdh, int bytes, Deadline deadline)
            throws TokenException {
        if (ecdh.kdf() == DerivationParameters.CKD_NULL && !ecdh.sharedData().isEmpty()) {
            throw Refusals.attribute("CKR_MECHANISM_PARAM_INVALID", "CKD_NULL takes no shared data");
        }
        NamedCurve curve = base.shown()
                .find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .orElseThrow(() -> Refusals.mechanism(
                        "the server does not say on which curve the key is: it has no public key linked to it"));
        Bytes point;
        try {
            point = Bytes.wrap(PublicKeys.rawPoint(ecdh.publicData(), curve));
        } catch (IllegalArgumentException e) {
            throw new org.symbolon.InvalidAttributeException(
                    org.symbolon.Status.ckr("CKR_MECHANISM_PARAM_INVALID"),
                    "the other party's point is none of " + curve.displayName(),
                    e);
        }
        UniqueIdentifier theirs = server.call(
                        new Register.Request(
                                ObjectType.PUBLIC_KEY,
                                org.symbolon.kmip.object.Attributes.NONE.with(
                                        AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.DERIVE_KEY),
                                ObjectWriter.publicKey(curve, point),
                                null),
                        deadline)
                .uniqueIdentifier();
        try {
            server.call(new Activate.Request(theirs), deadline);
            How how = How.of(DerivationMethod.ASYMMETRIC_KEY, null, null, Optional.empty(), null);
            return SharedSecret.key(
                    derived(List.of(base.id(), theirs), how, curve.fieldBytes(), deadline), ecdh, bytes);
        } finally {
            passing.destroy(theirs, deadline);
        }
    }

    private byte[] derived(List<UniqueIdentifier> bases, How how, int bytes, Deadline deadline) throws TokenException {
        DeriveKey.Request request = new DeriveKey.Request(
                ObjectType.SECRET_DATA,
                bases,
                how.method(),
                how.parameters(),
                passing.attributes(bytes * Byte.SIZE, deadline));
        UniqueIdentifier made = server.call(request, deadline).uniqueIdentifier();
        return passing.take(made, null, bytes, deadline);
    }
}
