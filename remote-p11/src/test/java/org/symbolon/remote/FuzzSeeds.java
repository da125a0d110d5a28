package org.symbolon.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.symbolon.Bytes;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.GoldenFrames;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcCodec;
import org.symbolon.remote.rpc.RpcMessage;

/** What the fuzz targets start from: recorded frames, and the inputs that once showed a mistake. */
public final class FuzzSeeds {
    private static final long SHA256 = 0x250; // CKM_SHA256
    private static final int OURS = Dialect.NEWEST + 1;
    private static final int REQUESTS_OF_A_CLIENT = 8;

    private FuzzSeeds() {}

    /** Writes the seeds of a target, named by its class, into a folder that exists: {@code FuzzSeeds TARGET FOLDER}. */
    public static void main(String[] arguments) throws IOException {
        List<byte[]> seeds = of(arguments[0]);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(Path.of(arguments[1]).resolve("seed-" + i), seeds.get(i));
        }
    }

    /** Returns the seeds of a target, named by its class. */
    public static List<byte[]> of(String target) throws IOException {
        List<byte[]> seeds = new ArrayList<>(findings(target));
        List<GoldenFrames> golden = GoldenFrames.all();
        switch (target) {
            case "RequestFuzz" ->
                golden.forEach(frames -> seeds.add(frames.request().sharedArray()));
            case "ReplyFuzz" ->
                golden.forEach(frames -> seeds.add(frames.reply().sharedArray()));
            case "ServerFuzz" -> {
                seeds.add(clientOfOurs());
                for (int i = 0; i < golden.size(); i += REQUESTS_OF_A_CLIENT) {
                    seeds.add(client(golden.subList(i, Math.min(golden.size(), i + REQUESTS_OF_A_CLIENT))));
                }
            }
            case "ClientFuzz" -> {
                for (GoldenFrames frames : golden) {
                    seeds.add(server(frames.version(), frames));
                    if (frames.version() == Dialect.NEWEST) {
                        seeds.add(server(OURS, frames));
                    }
                }
            }
            default -> throw new IllegalArgumentException("there is no target " + target);
        }
        return seeds;
    }

    /** Inputs that a target found something with. */
    public static List<byte[]> findings(String target) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(FuzzSeeds.class.getResource("findings")).getPath()))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(target))
                    .sorted()
                    .map(FuzzSeeds::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests that were made of a slot 17 and of sessions, now of slot 1 and of session 1. */
    private static byte[] client(List<GoldenFrames> recorded) throws MalformedMessageException {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(recorded.get(0).version());
        RpcCodec codec = new RpcCodec(recorded.get(0).dialect());
        for (GoldenFrames frames : recorded) {
            RpcMessage request =
                    codec.decodeRequest(frames.request().sharedArray()).message();
            List<Argument> arguments = new ArrayList<>(request.arguments());
            if (!arguments.isEmpty() && arguments.get(0) instanceof Ulong) {
                arguments.set(0, new Ulong(1));
            }
            byte[] body = codec.encodeRequest(new RpcMessage(request.call(), arguments));
            seed.write(body.length >> 8);
            seed.write(body.length);
            seed.writeBytes(body);
        }
        return seed.toByteArray();
    }

    /** A digest in one call. */
    private static byte[] clientOfOurs() {
        RpcMessage request = RpcMessage.of(
                RpcCall.DIGEST_AT_ONCE,
                new Ulong(1),
                new Argument.RpcMechanism(SHA256, new Argument.NoParameter()),
                new Argument.Data(Bytes.of((byte) 1, (byte) 2)));
        byte[] body = new RpcCodec(Dialect.V2.with(EnumSet.allOf(Capability.class))).encodeRequest(request);
        return ByteBuffer.allocate(3 + body.length)
                .put((byte) OURS)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    /** A server that behaves for as many replies as there are calls before its only one of another's. */
    private static byte[] server(int version, GoldenFrames frames) {
        int before = Math.floorMod(Arrays.hashCode(frames.request().sharedArray()), 24);
        byte[] body = frames.reply().sharedArray();
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(version);
        seed.writeBytes(new byte[before]);
        seed.write(255);
        seed.write(body.length >> 8);
        seed.write(body.length);
        seed.writeBytes(body);
        return seed.toByteArray();
    }
}
