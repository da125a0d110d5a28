package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.Pkcs11Function;
import org.symbolon.kmip.enumeration.Pkcs11ReturnCode;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.operation.Pkcs11;

/**
 * PKCS#11 (KMIP 2.1 section 6.1.42): C_Initialize, C_GetInfo and C_Finalize. What the token can do is reached by KMIP's own operations;
 * other functions answer CKR_FUNCTION_NOT_SUPPORTED.
 */
final class Pkcs11Operations {
    private static final Pkcs11Function INITIALIZE = Pkcs11Function.named("C_Initialize");
    private static final Pkcs11Function FINALIZE = Pkcs11Function.named("C_Finalize");
    private static final Pkcs11Function GET_INFO = Pkcs11Function.named("C_GetInfo");
    private static final Pkcs11ReturnCode OK = new Pkcs11ReturnCode(0);
    private static final Pkcs11ReturnCode FUNCTION_NOT_SUPPORTED = new Pkcs11ReturnCode(0x54);
    private static final Pkcs11ReturnCode NOT_INITIALIZED = new Pkcs11ReturnCode(0x190);
    private static final int CORRELATION_BYTES = 16;
    private static final int MAX_OF_CALLER = 32;
    private static final int MAX = 1024;
    private static final int TEXT_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ObjectStore store;
    private final Map<Bytes, Initialized> initialized = new HashMap<>();

    /** Who has initialized, and until when it holds unless it is used. */
    private record Initialized(Caller caller, Instant until) {}

    Pkcs11Operations(ObjectStore store) {
        this.store = store;
    }

    void addTo(Handlers handlers) {
        handlers.add(Pkcs11.Request.class, this::call);
    }

    private Pkcs11.Response call(Pkcs11.Request request, Batch batch) throws KmipFailure, TokenException {
        Pkcs11Function function = request.pkcs11Function();
        if (function.equals(INITIALIZE)) {
            return new Pkcs11.Response(request.pkcs11Interface(), function, initialize(batch.caller()), null, OK);
        }
        boolean known = isOf(request.correlationValue(), batch.caller(), function.equals(FINALIZE));
        if (!known) {
            return new Pkcs11.Response(request.pkcs11Interface(), function, null, null, NOT_INITIALIZED);
        } else if (function.equals(FINALIZE)) {
            return new Pkcs11.Response(request.pkcs11Interface(), function, null, null, OK);
        } else if (function.equals(GET_INFO)) {
            return new Pkcs11.Response(request.pkcs11Interface(), function, null, info(), OK);
        }
        return new Pkcs11.Response(request.pkcs11Interface(), function, null, null, FUNCTION_NOT_SUPPORTED);
    }

    private Bytes initialize(Caller caller) throws KmipFailure, TokenException {
        Bytes correlation = Bytes.wrap(store.session().random(CORRELATION_BYTES));
        synchronized (initialized) {
            Instant now = store.now();
            initialized.values().removeIf(each -> each.until.isBefore(now));
            long ofCaller = initialized.values().stream()
                    .filter(each -> each.caller.equals(caller))
                    .count();
            if (initialized.size() >= MAX || ofCaller >= MAX_OF_CALLER) {
                throw new KmipFailure(
                        ResultReason.GENERAL_FAILURE,
                        "too many are initialized; a client may have " + MAX_OF_CALLER
                                + ", and ends them by C_Finalize");
            }
            initialized.put(correlation, new Initialized(caller, now.plus(PATIENCE)));
        }
        return correlation;
    }

    private boolean isOf(@Nullable Bytes correlation, Caller caller, boolean last) {
        synchronized (initialized) {
            Instant now = store.now();
            Initialized found = correlation == null ? null : initialized.get(correlation);
            if (found == null || !found.caller.equals(caller) || found.until.isBefore(now)) {
                return false;
            }
            if (last) {
                initialized.remove(correlation);
            } else {
                initialized.put(correlation, new Initialized(caller, now.plus(PATIENCE)));
            }
            return true;
        }
    }

    /** Returns CK_INFO, its numbers in network order and unpadded. */
    private static Bytes info() {
        return Bytes.wrap(ByteBuffer.allocate(4 + Long.BYTES + 2 * TEXT_BYTES)
                .put(new byte[] {2, 40})
                .put(text("Symbolon"))
                .putLong(0)
                .put(text("KMIP server over a token"))
                .put(new byte[] {1, 0})
                .array());
    }

    private static byte[] text(String text) {
        return String.format("%-" + TEXT_BYTES + "s", text).getBytes(StandardCharsets.UTF_8);
    }
}
