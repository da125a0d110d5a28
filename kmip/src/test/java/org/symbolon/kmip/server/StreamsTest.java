package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.symbolon.Operation;
import org.symbolon.kmip.operation.RngSeed;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What is open in parts when the server ends. */
class StreamsTest {
    /** An operation that tells whether it is over. */
    private static final class Told implements Operation {
        private boolean closed;

        @Override
        public byte[] update(byte[] input, int offset, int length) {
            return new byte[0];
        }

        @Override
        public byte[] finish() {
            return new byte[0];
        }

        @Override
        public boolean verify(byte[] signature) {
            return false;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void close_endsWhatWaitsForItsNextPart() throws Exception {
        Streams streams = new Streams(Clock.fixed(MachineRig.NOW, ZoneOffset.UTC));
        Told operation = new Told();
        Batch batch = new Batch(KmipVersion.V2_1, MachineRig.ALICE);
        RngSeed.Request request = new RngSeed.Request(org.symbolon.Bytes.empty());
        streams.keep(streams.of(new Part(null, true, false), request, batch, "", () -> operation));
        assertThat(operation.closed).isFalse();

        streams.close();
        assertThat(operation.closed).isTrue();
    }
}
