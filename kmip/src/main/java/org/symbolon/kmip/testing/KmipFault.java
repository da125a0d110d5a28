package org.symbolon.kmip.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** Something that a server does wrong with one message. Immutable and thread-safe. */
public final class KmipFault {
    private static final int HEADER_BYTES = 8;
    private static final int LENGTH_OFFSET = 4;

    private final String name;
    private final FaultSteps steps;
    private final Optional<Operation> only;

    private KmipFault(String name, FaultSteps steps, Optional<Operation> only) {
        this.name = name;
        this.steps = steps;
        this.only = only;
    }

    private static KmipFault instead(String name, FaultSteps.Instead instead) {
        return new KmipFault(name, FaultSteps.NONE.answering(instead), Optional.empty());
    }

    private static KmipFault change(String name, FaultSteps.Change change) {
        return new KmipFault(name, FaultSteps.NONE.changing(change), Optional.empty());
    }

    private static KmipFault sending(String name, FaultSteps.Sending sending) {
        return new KmipFault(name, FaultSteps.NONE.sendingBy(sending), Optional.empty());
    }

    /** {@return no fault: the message is answered as it should be} */
    public static KmipFault none() {
        return new KmipFault("none", FaultSteps.NONE, Optional.empty());
    }

    /**
     * Sends the answer byte by byte.
     *
     * @param pause the time between two bytes, zero or more
     * @return the fault
     */
    public static KmipFault byteAtATime(Duration pause) {
        return sending("byteAtATime", (message, wire) -> {
            for (int i = 0; i < message.length; i++) {
                wire.write(message, i, 1);
                wire.pause(pause);
            }
        });
    }

    /**
     * Ends the connection within the answer.
     *
     * @param bytes how many bytes of it are sent, 0 or more
     * @return the fault
     */
    public static KmipFault truncated(int bytes) {
        return sending("truncated", (message, wire) -> {
            wire.write(message, 0, Math.min(bytes, message.length - 1));
            throw FaultyWire.end();
        });
    }

    /**
     * Says that the answer has another length than it has, and sends nothing after it.
     *
     * @param length what is said, 0 to 4,294,967,295 bytes
     * @return the fault
     */
    public static KmipFault declaredLength(long length) {
        return sending("declaredLength", (message, wire) -> {
            ByteBuffer.wrap(message).putInt(LENGTH_OFFSET, (int) length);
            wire.write(message, 0, message.length);
        });
    }

    /** {@return a fault that says of the first field of the answer that it is longer than the answer} */
    public static KmipFault fieldTooLong() {
        return sending("fieldTooLong", (message, wire) -> {
            ByteBuffer.wrap(message).putInt(HEADER_BYTES + LENGTH_OFFSET, message.length);
            wire.write(message, 0, message.length);
        });
    }

    /** {@return a fault that performs what is asked and ends the connection instead of answering} */
    public static KmipFault dropAfter() {
        return sending("dropAfter", (message, wire) -> {
            throw FaultyWire.end();
        });
    }

    /** {@return a fault that sends the answer twice: the second would be taken for the answer to the next request} */
    public static KmipFault twice() {
        return sending("twice", (message, wire) -> {
            byte[] both = Arrays.copyOf(message, 2 * message.length);
            System.arraycopy(message, 0, both, message.length, message.length);
            wire.write(both, 0, both.length);
        });
    }

    /** {@return a fault that ends the connection without performing what is asked} */
    public static KmipFault dropBefore() {
        return instead("dropBefore", request -> {
            throw FaultyWire.end();
        });
    }

    /** {@return a fault that performs what is asked and never answers} */
    public static KmipFault hang() {
        return sending("hang", (message, wire) -> wire.hang());
    }

    /** {@return a fault that writes the fields of every structure in another order} */
    public static KmipFault otherOrder() {
        return change("otherOrder", ResponseChanges::otherOrder);
    }

    /** {@return a fault that adds fields and attributes which no version has} */
    public static KmipFault newerFields() {
        return change("newerFields", ResponseChanges::newerFields);
    }

    /**
     * Puts structures into each other, in the first payload.
     *
     * @param depth how many
     * @return the fault
     */
    public static KmipFault nested(int depth) {
        return change("nested", response -> ResponseChanges.nested(response, depth));
    }

    /** {@return a fault that writes numbers where texts belong and texts elsewhere, in every payload} */
    public static KmipFault wrongTypes() {
        return change("wrongTypes", ResponseChanges::wrongTypes);
    }

    /** {@return a fault that gives each item of the answer an identifier which was not in the request} */
    public static KmipFault otherItemIds() {
        return change("otherItemIds", ResponseChanges::otherItemIds);
    }

    /**
     * Says that another operation was done.
     *
     * @param operation which
     * @return the fault
     */
    public static KmipFault otherOperation(Operation operation) {
        return change("otherOperation", response -> ResponseChanges.otherOperation(response, operation));
    }

    /**
     * Answers for another object.
     *
     * @param id which
     * @return the fault
     */
    public static KmipFault otherObject(UniqueIdentifier id) {
        return change("otherObject", response -> ResponseChanges.otherObject(response, id));
    }

    /**
     * Writes another version into the header of the answer.
     *
     * @param version which
     * @return the fault
     */
    public static KmipFault headerOf(KmipVersion version) {
        return change("headerOf", response -> ResponseChanges.headerOf(response, version));
    }

    /**
     * Leaves out the last items of the answer.
     *
     * @param count how many are left, 0 or more
     * @return the fault
     */
    public static KmipFault fewerItems(int count) {
        return change("fewerItems", response -> ResponseChanges.fewerItems(response, count));
    }

    /**
     * Says of each item that it is pending.
     *
     * @param correlation the asynchronous correlation value
     * @return the fault
     */
    public static KmipFault pending(Bytes correlation) {
        return change("pending", response -> ResponseChanges.pending(response, correlation));
    }

    /**
     * Performs nothing and fails each item.
     *
     * @param reason why
     * @param message what is said of it
     * @return the fault
     */
    public static KmipFault failing(ResultReason reason, String message) {
        return instead("failing", request -> Refusals.everyItem(request, reason, message));
    }

    /**
     * Refuses messages of some versions, as servers do that cannot read them: in a 1.0 header, without an operation.
     *
     * @param versions which
     * @return the fault
     */
    public static KmipFault refusing(KmipVersion... versions) {
        Set<KmipVersion> refused = Set.of(versions);
        return instead("refusing", request -> Refusals.versions(request, refused));
    }

    /** {@return a fault that refuses messages of more than one item as a whole} */
    public static KmipFault noBatches() {
        return instead("noBatches", Refusals::batches);
    }

    /** {@return a fault that refuses a message as a whole, because its response would be too large} */
    public static KmipFault tooLarge() {
        return instead("tooLarge", Refusals::size);
    }

    /** {@return a fault that refuses messages which say Continue as a whole} */
    public static KmipFault noContinue() {
        return instead("noContinue", Refusals::goingOn);
    }

    /**
     * Returns this fault, for messages that have an operation; others are answered as they should be.
     *
     * @param operation which
     * @return the fault
     */
    public KmipFault on(Operation operation) {
        return new KmipFault(name + " on " + operation, steps, Optional.of(operation));
    }

    /** Answers a message with this fault, if it has the operation. */
    void run(Ttlv.Structure request, KmipHandler handler, FaultyWire wire) throws IOException {
        boolean applies = only.isEmpty()
                || MessageCodec.decodeRequest(request).items().stream()
                        .anyMatch(item -> item.operation().equals(only.get()));
        (applies ? steps : FaultSteps.NONE).run(request, handler, wire);
    }

    @Override
    public String toString() {
        return name;
    }
}
