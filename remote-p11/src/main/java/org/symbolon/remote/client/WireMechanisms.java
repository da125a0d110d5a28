package org.symbolon.remote.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.TypeTable;

/**
 * Translates mechanisms to the wire.
 *
 * <p>p11-kit's own client sends no mechanism that its table does not list. Its servers take any, with the parameter as bytes
 * of their memory. So whatever has no parameter, or a flat one, is sent; a structure with pointers in it is sent only where
 * the table types it, since a peer would follow the pointers.
 */
final class WireMechanisms {
    private static final Pattern POINTERS = Pattern.compile(String.join(
            "|",
            "CKM_AES_(GCM|CCM|GMAC)",
            "CKM_(CHACHA20|SALSA20)(_POLY1305)?",
            "CKM_(RSA|ECDH|ECDH_X|ECDH_COF)_AES_KEY_WRAP",
            "CKM_(ECDH1|ECDH1_COFACTOR|ECMQV|X9_42_DH|X9_42_DH_HYBRID|X9_42_MQV|GOSTR3410|KEA)_DERIVE",
            "CKM_GOSTR3410_KEY_WRAP",
            "CKM_HKDF_(DERIVE|DATA)",
            "CKM_SP800_108_.*",
            "CKM_PKCS5_PBKD2",
            "CKM_PBE_.*",
            "CKM_PBA_.*",
            "CKM_CONCATENATE_(BASE_AND_DATA|DATA_AND_BASE)",
            "CKM_XOR_BASE_AND_DATA",
            "CKM_.*_ENCRYPT_DATA",
            "CKM_W?(TLS|TLS10|TLS12|SSL3)_.*(DERIVE.*|PRF|KDF)",
            "CKM_IKE.*",
            "CKM_(KIP|X3DH|X2RATCHET)_.*",
            "CKM_CMS_SIG",
            "CKM_HASH_(ML|SLH)_DSA"));
    private static final Pattern AES_MODE = Pattern.compile("CKM_AES_(CBC|CBC_PAD|OFB|CFB.*|CTS)");
    private static final Pattern DES_MODE = Pattern.compile("CKM_DES3?_(CBC|CBC_PAD|OFB.*|CFB.*)");
    private static final long CKZ_DATA_SPECIFIED = 1;

    private final TypeTable types;

    WireMechanisms(Dialect dialect) {
        this.types = TypeTable.ofMechanisms(dialect);
    }

    /** Finds the handle of a key that a mechanism names. */
    @FunctionalInterface
    interface Handles {
        long of(KeyObject key) throws TokenException, ConnectionLostException;
    }

    /** Whether a mechanism can be used through this dialect, with whatever parameter it takes. */
    boolean carries(MechanismType type) {
        return types.parameter(type.code()).isPresent()
                || !POINTERS.matcher(type.name()).matches();
    }

    RpcMechanism toWire(Mechanism mechanism, Handles handles) throws TokenException, ConnectionLostException {
        return new RpcMechanism(mechanism.type().code(), parameter(mechanism, handles));
    }

    private Parameter parameter(Mechanism mechanism, Handles handles) throws TokenException, ConnectionLostException {
        MechanismParameters parameters = mechanism.parameters();
        requireBlock(mechanism);
        String fields = types.parameter(mechanism.type().code()).orElse("");
        if (parameters instanceof MechanismParameters.None
                || !parameters.implied().attributes().present().isEmpty()) {
            return new NoParameter();
        } else if (parameters instanceof DerivationParameters.OtherKey other) {
            return raw(little(handles.of(other.key())));
        }
        Optional<List<Value>> typed = fields(parameters);
        if (typed.isPresent() && typed.get().size() == fields.length()) {
            return new Fields(typed.get());
        }
        if (!fields.isEmpty() || POINTERS.matcher(mechanism.type().name()).matches()) {
            throw cannotCarry(mechanism);
        }
        return raw(flat(parameters).orElseThrow(() -> cannotCarry(mechanism)));
    }

    /** Checks the length of an initialization vector, which p11-kit answers by a failure of the device. */
    private static void requireBlock(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof MechanismParameters.Iv iv) {
            String name = mechanism.type().name();
            int bytes = AES_MODE.matcher(name).matches()
                    ? 16
                    : DES_MODE.matcher(name).matches() ? 8 : -1;
            if (bytes > 0 && iv.iv().length() != bytes) {
                throw new MechanismNotSupportedException(
                        Status.ckr("CKR_MECHANISM_PARAM_INVALID"),
                        "the initialization vector of " + name + " has " + bytes + " bytes, not "
                                + iv.iv().length());
            }
        }
    }

    private static TokenException cannotCarry(Mechanism mechanism) {
        return new MechanismNotSupportedException(
                Status.ckr("CKR_MECHANISM_PARAM_INVALID"),
                "the protocol of this peer cannot carry these parameters of " + mechanism.type()
                        + "; a newer p11-kit at the other end may");
    }

    /** Returns a parameter as p11-kit types it. */
    private static Optional<List<Value>> fields(MechanismParameters parameters) {
        if (parameters instanceof MechanismParameters.Pss pss) {
            return Optional.of(List.of(
                    new Ulong(pss.hash().mechanism().code()),
                    new Ulong(pss.mgfHash().mgfCode()),
                    new Ulong(pss.saltBytes())));
        } else if (parameters instanceof MechanismParameters.Oaep oaep) {
            return Optional.of(List.of(
                    new Ulong(oaep.hash().mechanism().code()),
                    new Ulong(oaep.mgfHash().mgfCode()),
                    new Ulong(CKZ_DATA_SPECIFIED),
                    data(oaep.label())));
        } else if (parameters instanceof MechanismParameters.Iv iv) {
            return Optional.of(List.of(new Data(iv.iv())));
        } else if (parameters instanceof MechanismParameters.Counter counter) {
            return Optional.of(List.of(new Ulong(counter.counterBits()), new Data(counter.counterBlock())));
        } else if (parameters instanceof MechanismParameters.Gcm gcm) {
            return Optional.of(List.of(
                    new Data(gcm.iv()),
                    new Ulong(8L * gcm.iv().length()),
                    data(gcm.additionalData()),
                    new Ulong(gcm.tagBits())));
        } else if (parameters instanceof MechanismParameters.MacLength length) {
            return Optional.of(List.of(new Ulong(length.bytes())));
        } else if (parameters instanceof DerivationParameters.Ecdh ecdh) {
            return Optional.of(List.of(new Ulong(ecdh.kdf()), data(ecdh.sharedData()), new Data(ecdh.publicData())));
        } else if (parameters instanceof DerivationParameters.PublicValue value) {
            return Optional.of(List.of(new Data(value.value())));
        }
        return Optional.empty();
    }

    private static Value data(Bytes bytes) {
        return bytes.isEmpty() ? new NoData() : new Data(bytes);
    }

    /** Returns a parameter as it lies in the memory of a 64-bit peer, if there are no pointers in it. */
    private static Optional<byte[]> flat(MechanismParameters parameters) {
        if (parameters instanceof MechanismParameters.Raw raw) {
            return Optional.of(raw.encoding().sharedArray());
        } else if (parameters instanceof MechanismParameters.Pss pss) {
            return Optional.of(
                    little(pss.hash().mechanism().code(), pss.mgfHash().mgfCode(), pss.saltBytes()));
        } else if (parameters instanceof MechanismParameters.Iv iv) {
            return Optional.of(iv.iv().sharedArray());
        } else if (parameters instanceof MechanismParameters.Counter counter) {
            byte[] block = counter.counterBlock().sharedArray();
            return Optional.of(ByteBuffer.allocate(Long.BYTES + block.length)
                    .put(little(counter.counterBits()))
                    .put(block)
                    .array());
        } else if (parameters instanceof MechanismParameters.MacLength length) {
            return Optional.of(little(length.bytes()));
        } else if (parameters instanceof DerivationParameters.PublicValue value) {
            return Optional.of(value.value().sharedArray());
        } else if (parameters instanceof DerivationParameters.BitPosition position) {
            return Optional.of(little(position.bit()));
        }
        return Optional.empty();
    }

    private static Raw raw(byte[] bytes) {
        return new Raw(Bytes.wrap(bytes));
    }

    private static byte[] little(long... numbers) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            out.putLong(number);
        }
        return out.array();
    }
}
