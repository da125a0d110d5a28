package org.symbolon.kmip.testing;

import java.io.IOException;
import java.util.Optional;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/**
 * How a message is answered.
 *
 * @param instead answers instead of the handler, if it does
 * @param change changes the answer
 * @param sending sends the answer
 */
record FaultSteps(Instead instead, Change change, Sending sending) {
    /** As it should be. */
    static final FaultSteps NONE = new FaultSteps(
            request -> Optional.empty(),
            response -> response,
            (message, wire) -> wire.write(message, 0, message.length));

    /** Answers instead of the handler. */
    @FunctionalInterface
    interface Instead {
        Optional<Ttlv.Structure> answer(Ttlv.Structure request) throws IOException;
    }

    /** Changes an answer. */
    @FunctionalInterface
    interface Change {
        Ttlv.Structure of(Ttlv.Structure response);
    }

    /** Sends an answer. */
    @FunctionalInterface
    interface Sending {
        void send(byte[] message, FaultyWire wire) throws IOException;
    }

    FaultSteps answering(Instead other) {
        return new FaultSteps(other, change, sending);
    }

    FaultSteps changing(Change other) {
        return new FaultSteps(instead, other, sending);
    }

    FaultSteps sendingBy(Sending other) {
        return new FaultSteps(instead, change, other);
    }

    void run(Ttlv.Structure request, KmipHandler handler, FaultyWire wire) throws IOException {
        Optional<Ttlv.Structure> replaced = instead.answer(request);
        Ttlv.Structure response = replaced.isPresent() ? replaced.get() : handler.answer(request);
        sending.send(TtlvEncoder.encode(change.of(response)), wire);
    }
}
