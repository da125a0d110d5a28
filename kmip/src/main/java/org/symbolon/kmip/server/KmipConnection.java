package org.symbolon.kmip.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;

/** A client that speaks KMIP: TTLV as it is, or in HTTP; the first byte of each request tells which. */
final class KmipConnection extends ServedClient {
    private static final int POST = 'P'; // TTLV begins with 0x42

    private final RequestMachine machine;
    private final TtlvLimits limits;
    private final HttpDialogue http;
    private final Caller caller;

    KmipConnection(
            ClientStream stream,
            RequestMachine machine,
            TtlvLimits limits,
            HttpDialogue http,
            ClientTimes times,
            RefusalLog refusals,
            boolean mayWait) {
        super(stream, times, refusals, mayWait);
        this.machine = machine;
        this.limits = limits;
        this.http = http;
        this.caller = new Caller(stream.client().name(), stream.certificate());
    }

    @Override
    protected void answerNext() throws IOException {
        input().mark(1);
        int first = input().read();
        input().reset();
        if (first == POST && http.isServed()) {
            http.answer(input(), replies(), caller, this::works);
            return;
        }
        byte[] request =
                MessageFrame.read(input(), MessageCodec.REQUEST, limits).orElseThrow(EOFException::new);
        works();
        try {
            replies().write(machine.respond(request, caller));
        } finally {
            Arrays.fill(request, (byte) 0);
        }
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof MalformedTtlvException || failure instanceof MalformedHttpException;
    }
}
