package org.symbolon.remote.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.UlongCount;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Version;
import org.symbolon.remote.rpc.RpcMessage;

/** Replies as the profiles' test cases write results: leaves by their path. */
final class ProfileResults {
    private static final String[] INFO = {
        "CryptokiVersion", "ManufacturerID", "Flags", "LibraryDescription", "LibraryVersion"
    };
    private static final String[] SLOT_INFO = {
        "SlotDescription", "ManufacturerID", "Flags", "HardwareVersion", "FirmwareVersion"
    };
    private static final String[] TOKEN_INFO = {
        "label",
        "ManufacturerID",
        "model",
        "serialNumber",
        "Flags",
        "MaxSessionCount",
        "SessionCount",
        "MaxRwSessionCount",
        "RwSessionCount",
        "MaxPinLen",
        "MinPinLen",
        "TotalPublicMemory",
        "FreePublicMemory",
        "TotalPrivateMemory",
        "FreePrivateMemory",
        "HardwareVersion",
        "FirmwareVersion",
        "utcTime"
    };
    private static final String[] MECHANISM_INFO = {"MinKeySize", "MaxKeySize", "Flags"};

    private ProfileResults() {}

    static Map<String, List<String>> of(RpcMessage reply) {
        return switch (reply.call()) {
            case GET_INFO -> fields("Info/", INFO, reply);
            case GET_SLOT_INFO -> fields("SlotInfo/", SLOT_INFO, reply);
            case GET_TOKEN_INFO -> fields("TokenInfo/", TOKEN_INFO, reply);
            case GET_MECHANISM_INFO -> fields("MechanismInfo/", MECHANISM_INFO, reply);
            case GET_SLOT_LIST -> list("SlotList", "/SlotID", reply.get(0));
            case GET_MECHANISM_LIST -> list("MechanismList", "/Type", reply.get(0));
            case FIND_OBJECTS -> list("Object", "", reply.get(0));
            case OPEN_SESSION -> fields("", new String[] {"Session"}, reply);
            default -> fields("", new String[0], reply);
        };
    }

    private static Map<String, List<String>> fields(String prefix, String[] names, RpcMessage reply) {
        if (reply.arguments().size() != names.length) {
            throw new AssertionError(reply + " has other fields than the test cases");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            fields.put(prefix + names[i], List.of(text(reply.get(i))));
        }
        return fields;
    }

    /** An array that is NULL has its length only; one without members is an element without value. */
    private static Map<String, List<String>> list(String array, String member, Argument numbers) {
        if (numbers instanceof UlongCount count) {
            return Map.of(array, List.of("length " + count.count()));
        }
        List<String> values =
                ((Ulongs) numbers).values().stream().map(Long::toUnsignedString).toList();
        return Map.of(array + member, values.isEmpty() ? List.of("") : values);
    }

    private static String text(Argument argument) {
        if (argument instanceof Version version) {
            return version.major() + "." + version.minor();
        }
        if (argument instanceof Text text) {
            return new String(text.bytes().sharedArray(), StandardCharsets.UTF_8);
        }
        return argument instanceof Octet octet
                ? Integer.toString(octet.value())
                : Long.toUnsignedString(((Ulong) argument).value());
    }
}
