package org.symbolon.remote.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Value;

/**
 * Reads the mechanism that a client asks for.
 *
 * <p>A parameter that the protocol does not type comes as bytes of the client's memory. Only those of flat structures are
 * taken: pointers of somebody else's memory are never followed and never handed on.
 */
final class RequestedMechanism {
    private static final long DATA_SPECIFIED = 1; // CKZ_DATA_SPECIFIED
    private static final Set<String> IV_AS_BYTES = Set.of(
            "CKM_AES_KEY_WRAP",
            "CKM_AES_KEY_WRAP_PAD",
            "CKM_AES_KEY_WRAP_KWP",
            "CKM_AES_KEY_WRAP_PKCS7",
            "CKM_AES_XTS");
    private static final Set<String> IV_OF_CIPHERS = Set.of(
            "CKM_AES_CBC",
            "CKM_AES_CBC_PAD",
            "CKM_AES_OFB",
            "CKM_AES_CFB1",
            "CKM_AES_CFB8",
            "CKM_AES_CFB64",
            "CKM_AES_CFB128",
            "CKM_AES_CTS",
            "CKM_DES_CBC",
            "CKM_DES_CBC_PAD",
            "CKM_DES3_CBC",
            "CKM_DES3_CBC_PAD",
            "CKM_DES_CFB8",
            "CKM_DES_CFB64",
            "CKM_DES_OFB64");

    private RequestedMechanism() {}

    /** Returns the mechanism, empty for the NULL mechanism that ends an operation. */
    static Optional<Mechanism> ifAny(RpcMechanism wire) throws TokenException {
        return wire.type() == RpcMechanism.NULL_MECHANISM ? Optional.empty() : Optional.of(of(wire));
    }

    static Mechanism of(RpcMechanism wire) throws TokenException {
        MechanismType type = new MechanismType(wire.type());
        if (wire.parameter() instanceof NoParameter) {
            return Mechanism.of(type);
        }
        try {
            if (wire.parameter() instanceof Fields fields) {
                return new Mechanism(type, typed(type.name(), fields.values()));
            }
            if (wire.parameter() instanceof Typed typed) {
                return new Mechanism(type, typed.parameters());
            }
            Bytes raw = ((Raw) wire.parameter()).bytes();
            return raw.isEmpty() ? Mechanism.of(type) : new Mechanism(type, flat(type.name(), raw));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid(type.name() + ": " + e.getMessage());
        }
    }

    private static MechanismParameters typed(String name, List<Value> fields) throws TokenException {
        if (name.endsWith("_PSS")) {
            return pss(number(fields, 0), number(fields, 1), number(fields, 2));
        } else if (name.equals("CKM_RSA_PKCS_OAEP")) {
            return oaep(fields);
        } else if (name.equals("CKM_ECDH1_DERIVE")) {
            return new DerivationParameters.Ecdh(number(fields, 0), bytes(fields, 1), bytes(fields, 2));
        } else if (name.equals("CKM_DH_PKCS_DERIVE")) {
            return new DerivationParameters.PublicValue(bytes(fields, 0));
        } else if (name.equals("CKM_AES_CTR")) {
            return new MechanismParameters.Counter(bytes(fields, 1), Math.toIntExact(number(fields, 0)));
        } else if (name.equals("CKM_AES_GCM")) {
            return new MechanismParameters.Gcm(bytes(fields, 0), bytes(fields, 2), Math.toIntExact(number(fields, 3)));
        } else if (name.endsWith("_GENERAL")) {
            return new MechanismParameters.MacLength(Math.toIntExact(number(fields, 0)));
        } else if (IV_OF_CIPHERS.contains(name)) {
            return new MechanismParameters.Iv(bytes(fields, 0));
        }
        throw invalid("the parameter of " + name + " is not known here");
    }

    /** Reads a parameter from the memory of a client of 64 bits. */
    private static MechanismParameters flat(String name, Bytes raw) throws TokenException {
        ByteBuffer in = raw.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (name.endsWith("_PSS")) {
            requireLength(name, raw, 3 * Long.BYTES);
            return pss(in.getLong(), in.getLong(), in.getLong());
        } else if (name.endsWith("_GENERAL")) {
            requireLength(name, raw, Long.BYTES);
            return new MechanismParameters.MacLength(Math.toIntExact(in.getLong()));
        } else if (name.equals("CKM_AES_CTR")) {
            requireLength(name, raw, Long.BYTES + 16);
            int bits = Math.toIntExact(in.getLong());
            return new MechanismParameters.Counter(
                    Bytes.wrap(Arrays.copyOfRange(raw.sharedArray(), Long.BYTES, raw.length())), bits);
        } else if (name.equals("CKM_EXTRACT_KEY_FROM_KEY")) {
            requireLength(name, raw, Long.BYTES);
            return new DerivationParameters.BitPosition(Math.toIntExact(in.getLong()));
        } else if (name.equals("CKM_DH_PKCS_DERIVE")) {
            return new DerivationParameters.PublicValue(raw);
        } else if (IV_AS_BYTES.contains(name) || IV_OF_CIPHERS.contains(name)) {
            return new MechanismParameters.Iv(raw);
        }
        throw invalid("the parameter of " + name + " may hold pointers, which mean nothing here");
    }

    private static MechanismParameters.Pss pss(long hash, long mgf, long saltBytes) throws TokenException {
        return new MechanismParameters.Pss(
                hash(hash, algorithm -> algorithm.mechanism().code()),
                hash(mgf, HashAlgorithm::mgfCode),
                Math.toIntExact(saltBytes));
    }

    private static MechanismParameters.Oaep oaep(List<Value> fields) throws TokenException {
        Bytes label = bytes(fields, 3);
        if (number(fields, 2) != DATA_SPECIFIED && !label.isEmpty()) {
            throw invalid("the source of OAEP's label is CKZ_DATA_SPECIFIED");
        }
        return new MechanismParameters.Oaep(
                hash(number(fields, 0), algorithm -> algorithm.mechanism().code()),
                hash(number(fields, 1), HashAlgorithm::mgfCode),
                label);
    }

    private static HashAlgorithm hash(long code, ToLongFunction<HashAlgorithm> codeOf) throws TokenException {
        return Arrays.stream(HashAlgorithm.values())
                .filter(hash -> codeOf.applyAsLong(hash) == code)
                .findFirst()
                .orElseThrow(() -> invalid("no hash has the number 0x" + Long.toHexString(code)));
    }

    private static long number(List<Value> fields, int index) {
        Value value = fields.get(index);
        return value instanceof Octet octet ? octet.value() : ((Ulong) value).value();
    }

    private static Bytes bytes(List<Value> fields, int index) {
        Value value = fields.get(index);
        return value instanceof NoData ? Bytes.empty() : ((Data) value).bytes();
    }

    private static void requireLength(String name, Bytes raw, int bytes) throws TokenException {
        if (raw.length() != bytes) {
            throw invalid("the parameter of " + name + " has " + bytes + " bytes, not " + raw.length());
        }
    }

    private static TokenException invalid(String detail) {
        return Refusal.of("CKR_MECHANISM_PARAM_INVALID", detail);
    }
}
