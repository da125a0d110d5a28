package org.symbolon.remote.client;

import java.util.List;
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
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.RpcMechanism;
import org.symbolon.remote.rpc.Argument.Typed;
import org.symbolon.remote.rpc.Argument.Value;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.TypeTable;
import org.symbolon.remote.rpc.TypedParameters;

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
            "CKM_RSA_PKCS_OAEP",
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
    /** Those whose structures are written as {@link org.symbolon.remote.rpc.TypedParameters}. */
    private static final Pattern TYPED = Pattern.compile(String.join(
            "|",
            "CKM_AES_(GCM|CCM)",
            "CKM_(CHACHA20|SALSA20)_POLY1305",
            "CKM_RSA_AES_KEY_WRAP",
            "CKM_ECDH1(_COFACTOR)?_DERIVE",
            "CKM_HKDF_(DERIVE|DATA)",
            "CKM_CONCATENATE_(BASE_AND_DATA|DATA_AND_BASE)",
            "CKM_XOR_BASE_AND_DATA",
            "CKM_HASH_(ML|SLH)_DSA.*"));

    private static final Pattern AES_MODE = Pattern.compile("CKM_AES_(CBC|CBC_PAD|OFB|CFB.*|CTS)");
    private static final Pattern DES_MODE = Pattern.compile("CKM_DES3?_(CBC|CBC_PAD|OFB.*|CFB.*)");

    private final TypeTable types;
    private final boolean typed;
    private final boolean structured;
    private final boolean flat;

    WireMechanisms(Dialect dialect) {
        this.types = TypeTable.ofMechanisms(dialect);
        this.structured = dialect.mechanisms() == Dialect.Mechanisms.STRUCTURED;
        this.flat = dialect.mechanisms() == Dialect.Mechanisms.FLAT;
        this.typed = structured || dialect.has(Capability.TYPED);
    }

    /** Finds the handle of a key that a mechanism names. */
    @FunctionalInterface
    interface Handles {
        long of(KeyObject key) throws TokenException, ConnectionLostException;
    }

    /** Whether a mechanism can be used through this dialect, with whatever parameter it takes. */
    boolean carries(MechanismType type) {
        return (types.parameter(type.code()).isPresent() && !flat)
                || !POINTERS.matcher(type.name()).matches()
                || (typed && TYPED.matcher(type.name()).matches());
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
            return raw(ParameterForm.little(handles.of(other.key())));
        }
        if (structured && TypedParameters.isWritable(parameters)) {
            return new Typed(parameters);
        }
        List<Value> values = structured || flat ? List.of() : ParameterForm.fieldsOf(parameters);
        if (!values.isEmpty() && values.size() == fields.length()) {
            return new Fields(values);
        }
        if (typed && fields.isEmpty() && TypedParameters.write(parameters).isPresent()) {
            return new Typed(parameters);
        }
        if ((!fields.isEmpty() && !structured)
                || POINTERS.matcher(mechanism.type().name()).matches()) {
            throw cannotCarry(mechanism);
        }
        return raw(ParameterForm.flatOf(parameters).orElseThrow(() -> cannotCarry(mechanism)));
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

    private static Raw raw(byte[] bytes) {
        return new Raw(Bytes.wrap(bytes));
    }
}
