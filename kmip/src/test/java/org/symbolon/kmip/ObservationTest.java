package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What the JVM's flight recorder sees of a client. */
class ObservationTest {
    @TempDir
    private Path folder;

    @Test
    void call_whileTheFlightRecorderRuns_isAnEventWithItsOutcomeAndSizes() throws Exception {
        Path file = folder.resolve("calls.jfr");
        try (Recording recording = new Recording();
                KmipFaults server = KmipFaults.start(KmipHandler.of(request -> new Locate.Response(List.of(), null)));
                KmipClient client = server.client().version(KmipVersion.V2_1).open()) {
            recording.enable(KmipCallEvent.class).withThreshold(Duration.ZERO);
            recording.start();
            client.correlated("trace-7").locate(Attributes.NONE);
            server.next(KmipFault.dropBefore());
            client.locate(Attributes.NONE);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("org.symbolon.kmip.Call"))
                .toList();
        assertThat(events)
                .extracting(event -> event.getString("outcome"))
                .containsExactly("Success", "STALE", "Success");
        RecordedEvent first = events.get(0);
        assertThat(first.getString("operation")).isEqualTo("Locate");
        assertThat(first.getString("version")).isEqualTo("2.1");
        assertThat(first.getString("correlation")).isEqualTo("trace-7");
        assertThat(first.getInt("sent")).isGreaterThan(100);
        assertThat(first.getInt("received")).isGreaterThan(100);
        assertThat(first.getDuration("connecting")).isPositive();
        assertThat(first.getDuration("server")).isPositive();
    }
}
