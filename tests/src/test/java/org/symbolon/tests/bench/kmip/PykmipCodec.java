package org.symbolon.tests.bench.kmip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** The same messages decoded and encoded by PyKMIP, on one thread of a Python of its own. */
final class PykmipCodec {
    private static final String SCRIPT = """
        import sys, time
        from kmip.core import enums, utils
        from kmip.core.messages import messages
        data = bytes.fromhex(open(sys.argv[2]).read())
        kind = messages.ResponseMessage if sys.argv[1] == 'OBJECTS' else messages.RequestMessage
        def decode():
            message = kind()
            message.read(utils.BytearrayStream(data), kmip_version=enums.KMIPVersion.KMIP_1_4)
            return message
        def encode(message):
            message.write(utils.BytearrayStream(), kmip_version=enums.KMIPVersion.KMIP_1_4)
        def rate(work):
            end = time.time() + 0.3
            while time.time() < end: work()
            count, start = 0, time.process_time()
            while time.process_time() < start + 1: work(); count += 1
            return count / (time.process_time() - start)
        message = decode()
        print('RATE', rate(decode), rate(lambda: encode(message)))
        """;

    private PykmipCodec() {}

    /** Operations per second of CPU time. */
    record Rates(double decode, double encode) {}

    /** Returns how fast it is; empty if it does not know the message. */
    static Optional<Rates> of(CodecMessage message, Path folder) throws IOException, InterruptedException {
        Path python = Peer.requireFile("python3-pykmip", Path.of("/usr/bin/python3"));
        Path hex = folder.resolve(message + ".hex");
        Files.writeString(hex, HexFormat.of().formatHex(message.bytes()));
        Path script = folder.resolve("codec.py");
        Files.writeString(script, SCRIPT);
        Program program = Program.run(python, "-W", "ignore", script, message, hex);
        return program.output()
                .lines()
                .filter(line -> line.startsWith("RATE "))
                .map(line -> line.split(" ", -1))
                .map(cells -> new Rates(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])))
                .findFirst();
    }
}
