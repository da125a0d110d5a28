package org.symbolon.remote.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.AttributeList;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Octet;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcAttribute;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** The calls of the profiles' test cases as requests. */
final class ProfileCalls {
    private static final String LENGTH = "length ";

    private final PublishedConstants constants;

    ProfileCalls(PublishedConstants constants) {
        this.constants = constants;
    }

    /** Returns the request of a step; placeholders stand for what earlier steps gave. */
    RpcMessage request(ProfileCase.Step step, UnaryOperator<String> placeholders) {
        Input input = new Input(step, placeholders);
        return switch (step.function()) {
            case "C_Initialize" -> WireClient.initialize(WireClient.HANDSHAKE);
            case "C_Finalize" -> RpcMessage.of(RpcCall.FINALIZE);
            case "C_GetInfo" -> RpcMessage.of(RpcCall.GET_INFO);
            case "C_GetSlotList" ->
                RpcMessage.of(
                        RpcCall.GET_SLOT_LIST, bool(input.text("TokenPresent")), new Buffer(input.room("SlotList")));
            case "C_GetSlotInfo" -> RpcMessage.of(RpcCall.GET_SLOT_INFO, input.number("SlotID"));
            case "C_GetTokenInfo" -> RpcMessage.of(RpcCall.GET_TOKEN_INFO, input.number("SlotID"));
            case "C_GetMechanismList" ->
                RpcMessage.of(
                        RpcCall.GET_MECHANISM_LIST, input.number("SlotID"), new Buffer(input.room("MechanismList")));
            case "C_GetMechanismInfo" ->
                RpcMessage.of(
                        RpcCall.GET_MECHANISM_INFO,
                        input.number("SlotID"),
                        new Ulong(constants.value("mechanisms", "CKM_" + input.text("Type"))));
            case "C_OpenSession" ->
                RpcMessage.of(
                        RpcCall.OPEN_SESSION,
                        input.number("SlotID"),
                        new Ulong(constants.flags("session_flags", input.text("Flags"))));
            case "C_CloseSession" -> RpcMessage.of(RpcCall.CLOSE_SESSION, input.number("Session"));
            case "C_CloseAllSessions" -> RpcMessage.of(RpcCall.CLOSE_ALL_SESSIONS, input.number("SlotID"));
            case "C_Login" ->
                RpcMessage.of(
                        RpcCall.LOGIN,
                        input.number("Session"),
                        new Ulong(constants.value("user_types", "CKU_" + input.text("UserType"))),
                        new Data(Bytes.wrap(input.text("Pin").getBytes(StandardCharsets.UTF_8))));
            case "C_Logout" -> RpcMessage.of(RpcCall.LOGOUT, input.number("Session"));
            case "C_FindObjectsInit" ->
                RpcMessage.of(RpcCall.FIND_OBJECTS_INIT, input.number("Session"), template(step));
            case "C_FindObjects" ->
                RpcMessage.of(RpcCall.FIND_OBJECTS, input.number("Session"), new Buffer(input.room("Object")));
            case "C_FindObjectsFinal" -> RpcMessage.of(RpcCall.FIND_OBJECTS_FINAL, input.number("Session"));
            default -> throw new IllegalArgumentException("no test case calls " + step.function() + " yet");
        };
    }

    private static Octet bool(String text) {
        return new Octet(Boolean.parseBoolean(text.toLowerCase(Locale.ROOT)) ? 1 : 0);
    }

    private AttributeList template(ProfileCase.Step step) {
        List<String> attributes = step.input().getOrDefault("Template/Attribute", List.of());
        return new AttributeList(attributes.stream().map(this::attribute).toList());
    }

    /** The cases search by booleans only. */
    private RpcAttribute attribute(String typeAndValue) {
        String[] parts = typeAndValue.split("=", 2);
        return new RpcAttribute(constants.value("attributes", "CKA_" + parts[0]), 1, bool(parts[1]));
    }

    private record Input(ProfileCase.Step step, UnaryOperator<String> placeholders) {
        String text(String path) {
            return placeholders.apply(step.value(path));
        }

        Argument number(String path) {
            return new Ulong(Long.decode(text(path)));
        }

        /** The room in an array: none if it is NULL. */
        long room(String path) {
            String text = text(path);
            return text.startsWith(LENGTH) ? Long.decode(text.substring(LENGTH.length())) : 0;
        }
    }
}
