package org.symbolon.kmip.token;

import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.EncodingOption;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.WrappingMethod;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.EncryptionKeyInformation;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.KeyWrappingData;
import org.symbolon.kmip.object.KeyWrappingSpecification;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.spi.Request;

/**
 * Wraps and unwraps with keys that stay on the server: Get with a Key Wrapping Specification, and Register of a wrapped key that is
 * fetched with Key Wrap Type Not Wrapped (KMIP 1.4) and destroyed. Keys travel bare, without KMIP's Key Value around them, as PKCS #11
 * wraps them. Thread-safe.
 */
final class ServerWrapping {
    private final Server server;
    private final Passing passing;

    ServerWrapping(Server server, ObjectMaker maker) {
        this.server = server;
        this.passing = new Passing(server, maker);
    }

    /** Returns a key of the server, wrapped with another. */
    byte[] wrap(ServedObject by, CryptographicParameters how, ServedObject target, Deadline deadline)
            throws TokenException {
        if (!server.version(deadline).isAtLeast(KmipVersion.V1_2)) {
            throw Refusals.mechanism("keys are wrapped bare since KMIP 1.2");
        }
        boolean secret = target.objectClass().equals(ObjectClass.SECRET_KEY);
        KeyWrappingSpecification specification = new KeyWrappingSpecification(
                WrappingMethod.ENCRYPT,
                new EncryptionKeyInformation(by.id(), how),
                null,
                List.of(),
                EncodingOption.NO_ENCODING);
        KeyFormatType format = secret ? KeyFormatType.RAW : KeyFormatType.PKCS_8;
        ManagedObject object = server.call(new Get.Request(target.id(), format, null, null, specification), deadline)
                .object();
        return Passing.block(object)
                .filter(block -> block.keyWrappingData() != null)
                .flatMap(ServerWrapping::wrapped)
                .orElseThrow(() -> new TokenProtocolException(
                        Status.ckr("CKR_DEVICE_ERROR"), "the server gave a key that is not wrapped"))
                .toByteArray();
    }

    private static java.util.Optional<Bytes> wrapped(KeyBlock block) {
        return block.keyValue() instanceof KeyValue.Wrapped wrapped
                ? java.util.Optional.of(wrapped.bytes())
                : block.encoding();
    }

    /** Returns the value of a secret key that was wrapped, which belongs to the caller. */
    byte[] unwrap(ServedObject by, CryptographicParameters how, Request.UnwrapKey request, Deadline deadline)
            throws TokenException {
        Attributes template = request.template().attributes();
        if (!template.find(Attribute.CLASS).orElse(ObjectClass.SECRET_KEY).equals(ObjectClass.SECRET_KEY)
                || !server.version(deadline).isAtLeast(KmipVersion.V1_4)) {
            throw Refusals.mechanism("secret keys are unwrapped by servers of KMIP 1.4 and later, not "
                    + template.find(Attribute.CLASS).orElse(ObjectClass.SECRET_KEY) + " by this one");
        }
        KeyType type = template.find(Attribute.KEY_TYPE).orElse(KeyType.GENERIC_SECRET);
        int bits = bits(request, template);
        CryptographicAlgorithm algorithm = ObjectWriter.algorithm(type);
        KeyWrappingData data = new KeyWrappingData(
                WrappingMethod.ENCRYPT,
                new EncryptionKeyInformation(by.id(), how),
                null,
                null,
                null,
                EncodingOption.NO_ENCODING);
        SymmetricKey key = new SymmetricKey(new KeyBlock(
                KeyFormatType.RAW,
                null,
                new KeyValue.Plain(
                        new KeyMaterial.Encoded(request.wrapped()), org.symbolon.kmip.object.Attributes.NONE),
                algorithm,
                bits,
                data));
        org.symbolon.kmip.object.Attributes attributes = passing.attributes(bits, deadline)
                .with(org.symbolon.kmip.object.AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm);
        UniqueIdentifier made = server.call(
                        new Register.Request(ObjectType.SYMMETRIC_KEY, attributes, key, null), deadline)
                .uniqueIdentifier();
        return passing.take(made, KeyWrapType.NOT_WRAPPED, 0, deadline);
    }

    /** What the wrapping adds tells how long the key is; where it does not, the template does. */
    private static int bits(Request.UnwrapKey request, Attributes template) throws TokenException {
        Mechanism mechanism = request.algorithm();
        if (mechanism.equals(Mechanism.AES_KEY_WRAP)) {
            return Math.max(0, request.wrapped().length() - Long.BYTES) * Byte.SIZE;
        }
        long bytes = template.find(Attribute.VALUE_LEN)
                .orElseThrow(() -> Refusals.mechanism("a server wants to be told how long a key is that "
                        + mechanism.type() + " unwraps: CKA_VALUE_LEN"));
        return (int) Math.min(Math.max(bytes, 1), 1024) * Byte.SIZE;
    }
}
