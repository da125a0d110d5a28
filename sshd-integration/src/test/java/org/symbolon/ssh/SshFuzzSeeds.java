package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the fuzz targets of SSH begin with: the reference's vectors, and the key files of the tests. */
public final class SshFuzzSeeds {
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){5,}");
    private static final List<String> TYPES = List.of("rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519");

    private SshFuzzSeeds() {}

    /** Writes the seeds of a target, named by its class, into a folder that exists: {@code SshFuzzSeeds TARGET FOLDER}. */
    public static void main(String[] arguments) throws IOException, SshFormatException {
        List<byte[]> seeds = of(arguments[0]);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(Path.of(arguments[1]).resolve("seed-" + i), seeds.get(i));
        }
    }

    /** Returns the seeds of a target, named by its class. */
    public static List<byte[]> of(String target) throws SshFormatException {
        return switch (target) {
            case "KeyBlobFuzz" -> keys();
            case "AuthorizedKeysFuzz" -> lines();
            case "CertificateFuzz" -> vectors("cert");
            case "RevocationFuzz" -> vectors("krl");
            case "SubsystemFuzz" -> vectors("rfc4819", "rfc7076");
            case "AgentFuzz", "AgentAnswerFuzz" -> vectors("agent");
            case "X509Fuzz" -> vectors("rfc6187");
            default -> throw new IllegalArgumentException("there is no target " + target);
        };
    }

    private static List<byte[]> keys() throws SshFormatException {
        List<byte[]> seeds = vectors("ecdsa");
        for (String type : TYPES) {
            seeds.add(KeyFiles.open("openssh-" + type + ".pub").blob());
            seeds.add(KeyFiles.bytes("openssh-" + type));
            seeds.add(KeyFiles.bytes("openssh-" + type + ".pub"));
        }
        return seeds;
    }

    private static List<byte[]> lines() {
        String key = KeyFiles.text("openssh-ed25519.pub").strip();
        List<String> options = List.of(
                "",
                "restrict,pty ",
                "from=\"10.0.0.0/8,!10.1.1.1,*.example.org\",expiry-time=\"20300101Z\" ",
                "command=\"echo \\\"a b\\\"\",no-port-forwarding,permitopen=\"host:22\",permitlisten=\"8080\" ",
                "cert-authority,principals=\"alice,bob\" ",
                "environment=\"NAME=value\",no-touch-required,verify-required ");
        return options.stream()
                .map(option -> (option + key).getBytes(UTF_8))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Whatever is hexadecimal in these groups of vectors. */
    private static List<byte[]> vectors(String... groups) {
        List<byte[]> seeds = new ArrayList<>();
        for (String group : groups) {
            for (JsonNode vector : SshVectors.group(group)) {
                vector.forEach(field -> {
                    if (HEX.matcher(field.asText()).matches()) {
                        seeds.add(HexFormat.of().parseHex(field.asText()));
                    }
                });
            }
        }
        return seeds;
    }
}
