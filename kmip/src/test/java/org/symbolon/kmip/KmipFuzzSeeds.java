package org.symbolon.kmip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvJson;
import org.symbolon.kmip.ttlv.TtlvXml;

/** What the fuzz targets of KMIP begin with: messages of OASIS's test cases. */
public final class KmipFuzzSeeds {
    private static final int EVERY = 10;

    private KmipFuzzSeeds() {}

    /** Writes the seeds of a target, named by its class, into a folder that exists: {@code KmipFuzzSeeds TARGET FOLDER}. */
    public static void main(String[] arguments) throws IOException {
        List<byte[]> seeds = of(arguments[0]).toList();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(Path.of(arguments[1]).resolve("seed-" + i), seeds.get(i));
        }
    }

    /** Returns the seeds of a target, named by its class. */
    public static Stream<byte[]> of(String target) {
        List<Ttlv.Structure> messages =
                OasisCase.all().flatMap(each -> each.decoded().stream()).toList();
        Stream<Ttlv.Structure> some =
                Stream.iterate(0, i -> i < messages.size(), i -> i + EVERY).map(messages::get);
        return switch (target) {
            case "TtlvFuzz" -> some.map(TtlvEncoder::encode);
            case "XmlFuzz" -> some.map(TtlvXml::encode);
            case "JsonFuzz" -> some.map(TtlvJson::encode);
            case "MachineFuzz" ->
                some.filter(message -> message.tag().equals(MessageCodec.REQUEST))
                        .map(TtlvEncoder::encode);
            default -> throw new IllegalArgumentException("there is no target " + target);
        };
    }
}
