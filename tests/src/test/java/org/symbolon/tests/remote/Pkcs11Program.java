package org.symbolon.tests.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.symbolon.remote.rpc.ArgumentType;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.Signature;

/** Writes {@code pkcs11.x}, the description of our ONC RPC program, from the table of calls. */
final class Pkcs11Program {
    /** What the arguments and the results of calls are called, as PKCS #11 calls them. */
    private static final String NAMES = """
        GET_INFO | cryptoki_version manufacturer_id flags library_description library_version
        GET_SLOT_LIST token_present capacity | slots
        GET_SLOT_INFO slot | description manufacturer_id flags hardware_version firmware_version
        GET_TOKEN_INFO slot | label manufacturer_id model serial_number flags max_session_count session_count \
        max_rw_session_count rw_session_count max_pin_len min_pin_len total_public_memory free_public_memory \
        total_private_memory free_private_memory hardware_version firmware_version utc_time
        GET_MECHANISM_LIST slot capacity | mechanisms
        GET_MECHANISM_INFO slot type | min_key_size max_key_size flags
        INIT_TOKEN slot pin label
        OPEN_SESSION slot flags | session
        CLOSE_SESSION session
        CLOSE_ALL_SESSIONS slot
        GET_SESSION_INFO session | slot state flags device_error
        INIT_PIN session pin
        SET_PIN session old_pin new_pin
        GET_OPERATION_STATE session capacity | state
        SET_OPERATION_STATE session state encryption_key authentication_key
        LOGIN session user_type pin
        LOGOUT session
        CREATE_OBJECT session template | object
        COPY_OBJECT session object template | copy
        DESTROY_OBJECT session object
        GET_OBJECT_SIZE session object | size
        GET_ATTRIBUTE_VALUE session object types | attributes value_rv
        SET_ATTRIBUTE_VALUE session object template
        FIND_OBJECTS_INIT session template
        FIND_OBJECTS session capacity | objects
        FIND_OBJECTS_FINAL session
        ENCRYPT_INIT session mechanism key
        ENCRYPT session data capacity | encrypted_data
        ENCRYPT_UPDATE session part capacity | encrypted_part
        ENCRYPT_FINAL session capacity | last_encrypted_part
        DECRYPT_INIT session mechanism key
        DECRYPT session encrypted_data capacity | data
        DECRYPT_UPDATE session encrypted_part capacity | part
        DECRYPT_FINAL session capacity | last_part
        DIGEST_INIT session mechanism
        DIGEST session data capacity | digest
        DIGEST_UPDATE session part
        DIGEST_KEY session key
        DIGEST_FINAL session capacity | digest
        SIGN_INIT session mechanism key
        SIGN session data capacity | signature
        SIGN_UPDATE session part
        SIGN_FINAL session capacity | signature
        SIGN_RECOVER_INIT session mechanism key
        SIGN_RECOVER session data capacity | signature
        VERIFY_INIT session mechanism key
        VERIFY session data signature
        VERIFY_UPDATE session part
        VERIFY_FINAL session signature
        VERIFY_RECOVER_INIT session mechanism key
        VERIFY_RECOVER session signature capacity | data
        DIGEST_ENCRYPT_UPDATE session part capacity | encrypted_part
        DECRYPT_DIGEST_UPDATE session encrypted_part capacity | part
        SIGN_ENCRYPT_UPDATE session part capacity | encrypted_part
        DECRYPT_VERIFY_UPDATE session encrypted_part capacity | part
        GENERATE_KEY session mechanism template | key
        GENERATE_KEY_PAIR session mechanism public_template private_template | public_key private_key
        WRAP_KEY session mechanism wrapping_key key capacity | wrapped_key
        UNWRAP_KEY session mechanism unwrapping_key wrapped_key template | key
        DERIVE_KEY session mechanism base_key template | key
        SEED_RANDOM session seed
        GENERATE_RANDOM session capacity | random_data
        WAIT_FOR_SLOT_EVENT flags | slot
        LOGIN_USER session user_type pin user_name
        SESSION_CANCEL session flags
        INIT_TOKEN_2 slot pin label
        ENCRYPT_AT_ONCE session mechanism key data | encrypted_data
        DECRYPT_AT_ONCE session mechanism key encrypted_data | data
        DIGEST_AT_ONCE session mechanism data | digest
        SIGN_AT_ONCE session mechanism key data | signature
        VERIFY_AT_ONCE session mechanism key data signature
        """;

    private static final String TYPES = """
        /*
         * PKCS #11 as a program of ONC RPC (RFC 5531, RFC 4506), spoken under RPCSEC_GSS (RFC 2203). It is written from the
         * server's own table of calls. rpcgen -C makes a client of it.
         *
         * The null procedure with RPCSEC_GSS makes the security context, and the application in the sense of PKCS #11 is the
         * connection: C_Initialize first, then the rest. A result is told by its CK_RV; nothing follows one that is not CKR_OK.
         * Where the caller of PKCS #11 gives a buffer, its capacity travels: 0 asks for the length alone, 0xffffffff is a buffer
         * of no bytes. Attributes are asked for by type and come whole; one that cannot be had is PK_UNAVAILABLE.
         */
        typedef unsigned hyper pk_ulong;
        typedef unsigned int pk_rv;
        typedef opaque pk_text<>;

        struct pk_version { unsigned int major; unsigned int minor; };

        union pk_bytes switch (int form) {
        case 0: void;              /* NULL */
        case 1: opaque data<>;
        case 2: pk_ulong length;   /* of a result, when only that was asked for, or the buffer is too small */
        };

        union pk_ulongs switch (bool present) {
        case TRUE: pk_ulong values<>;
        case FALSE: unsigned int count;
        };

        enum pk_kind { PK_UNAVAILABLE = 0, PK_OCTET = 1, PK_ULONG = 2, PK_BYTES = 3, PK_ATTRIBUTES = 4, PK_ULONGS = 5 };

        union pk_value switch (pk_kind kind) {
        case PK_UNAVAILABLE: void;
        case PK_OCTET: unsigned int octet;                     /* CK_BBOOL, CK_BYTE */
        case PK_ULONG: pk_ulong number;                        /* CK_ULONG and what is made of it */
        case PK_BYTES: opaque bytes<>;                         /* big integers, text, dates, everything else */
        case PK_ATTRIBUTES: struct pk_attribute attributes<>;  /* CKA_WRAP_TEMPLATE and its like */
        case PK_ULONGS: pk_ulong numbers<>;                    /* CKA_ALLOWED_MECHANISMS */
        };

        struct pk_attribute { pk_ulong type; pk_value value; };
        typedef pk_attribute pk_attributes<>;
        typedef pk_ulong pk_types<>;

        /* The parameters of mechanisms. A hash, also that of a mask generation function, is the CKM_ number of its digest. */
        struct pk_oaep { pk_ulong hash; pk_ulong mgf_hash; opaque label<>; };
        struct pk_rsa_aes_key_wrap { pk_ulong aes_key_bits; pk_oaep oaep; };
        struct pk_gcm { opaque iv<>; opaque aad<>; pk_ulong tag_bits; };
        struct pk_ccm { pk_ulong data_len; opaque nonce<>; opaque aad<>; pk_ulong mac_len; };
        struct pk_poly1305 { opaque nonce<>; opaque aad<>; };
        struct pk_sign_context { unsigned int hedge; opaque context<>; pk_ulong hash; /* all ones: none */ };
        struct pk_eddsa { unsigned int prehash; opaque context<>; };
        struct pk_ecdh { pk_ulong kdf; opaque shared_data<>; opaque public_data<>; };
        struct pk_hkdf { unsigned int extract; unsigned int expand; pk_ulong hash; opaque salt<>; opaque info<>; };
        struct pk_pss { pk_ulong hash; pk_ulong mgf_hash; pk_ulong salt_len; };
        struct pk_counter { opaque block<>; pk_ulong bits; };

        union pk_parameter switch (int structure) {
        case 0: void;
        case 1: pk_oaep oaep;
        case 2: pk_rsa_aes_key_wrap rsa_aes_key_wrap;
        case 3: pk_gcm gcm;
        case 4: pk_ccm ccm;
        case 5: pk_poly1305 poly1305;
        case 6: pk_sign_context sign_context;
        case 7: pk_eddsa eddsa;
        case 8: pk_ecdh ecdh;
        case 9: pk_hkdf hkdf;
        case 10: opaque string_data<>;
        case 11: pk_pss pss;
        case 12: opaque iv<>;
        case 13: pk_counter counter;
        case 14: pk_ulong mac_len;
        case 15: opaque public_value<>;
        case 16: pk_ulong bit_position;
        case 255: opaque raw<>;    /* a structure without pointers, in the memory of a 64-bit little-endian machine */
        };

        struct pk_mechanism { pk_ulong type; pk_parameter parameter; };
        """;

    private static final Map<String, List<String>> NAMES_OF = NAMES.lines()
            .map(line -> List.of(line.strip().split(" +", -1)))
            .collect(Collectors.toMap(words -> words.get(0), words -> words.subList(1, words.size())));

    private Pkcs11Program() {}

    /** Returns the whole file. */
    static String text() {
        StringBuilder text = new StringBuilder(TYPES);
        StringBuilder procedures = new StringBuilder();
        for (RpcCall call : calls()) {
            String name = "pk_" + call.name().toLowerCase(Locale.ROOT);
            String arguments = structure(text, name + "_args", types(call.request(), call), names(call, false));
            String result = result(text, name, call);
            procedures.append("        %s PK_%s(%s) = %d; /* %s */\n"
                    .formatted(result, call.name(), arguments, call.number(), call.function()));
        }
        return text + """

            program PKCS11 {
                version PKCS11_1 {
                    void PK_NULL(void) = 0;
            %s    } = 1;
            } = 0x20504b31;
            """.formatted(procedures);
    }

    /** Returns the calls that the program has: those of PKCS #11 that are served, and ours. */
    static List<RpcCall> calls() {
        return Arrays.stream(RpcCall.values())
                .filter(call ->
                        call == RpcCall.INITIALIZE || call == RpcCall.FINALIZE || NAMES_OF.containsKey(call.name()))
                .toList();
    }

    private static List<ArgumentType> types(Signature signature, RpcCall call) {
        return call == RpcCall.INITIALIZE ? List.of() : signature.types();
    }

    private static List<String> names(RpcCall call, boolean ofResults) {
        List<String> all = NAMES_OF.getOrDefault(call.name(), List.of());
        int bar = all.indexOf("|");
        if (ofResults) {
            return bar < 0 ? List.of() : all.subList(bar + 1, all.size());
        }
        return bar < 0 ? all : all.subList(0, bar);
    }

    private static String result(StringBuilder text, String name, RpcCall call) {
        List<ArgumentType> types = call.reply().types();
        if (types.isEmpty()) {
            return "pk_rv";
        }
        String ok = structure(text, name + "_ok", types, names(call, true));
        text.append("union %s_res switch (pk_rv rv) { case 0: %s ok; default: void; };\n".formatted(name, ok));
        return name + "_res";
    }

    private static String structure(StringBuilder text, String name, List<ArgumentType> types, List<String> names) {
        if (types.size() != names.size()) {
            throw new AssertionError(name + " has " + types + ", named " + names);
        }
        if (types.isEmpty()) {
            return "void";
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(typeName(types.get(i)) + " " + names.get(i) + ";");
        }
        text.append("\nstruct %s { %s };\n".formatted(name, String.join(" ", fields)));
        return name;
    }

    private static String typeName(ArgumentType type) {
        return switch (type) {
            case OCTET, BYTE_BUFFER, ULONG_BUFFER -> "unsigned int";
            case ULONG -> "pk_ulong";
            case VERSION -> "pk_version";
            case PADDED_TEXT, TEXT -> "pk_text";
            case BYTES -> "pk_bytes";
            case ULONGS -> "pk_ulongs";
            case ATTRIBUTES -> "pk_attributes";
            case ATTRIBUTE_BUFFERS -> "pk_types";
            case MECHANISM -> "pk_mechanism";
            case PARAMETER_UPDATE -> "bool";
        };
    }
}
