package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** A token behind our server, and how programs of PKCS #11 reach it. */
final class ServedTokens implements AutoCloseable {
    static final String LABEL = "Served";

    private final Path folder;
    private final TokenModule module;
    private final RemoteTokenServer server;

    /** Serves a soft token. */
    ServedTokens(Path folder) throws TokenException, IOException {
        this(folder, SoftTokens.inMemory());
    }

    /** Makes a token in a module, which it closes in the end, and serves it. */
    ServedTokens(Path folder, TokenModule module) throws TokenException, IOException {
        this.folder = folder;
        this.module = module;
        SoftTokens.make(module, LABEL);
        server = RemoteTokenServer.builder()
                .module(module)
                .unixSocket(folder.resolve("tokens"))
                .start();
    }

    /** The library that programs load. */
    static Path library() {
        return Peer.requireFile(
                "p11-kit-modules",
                Path.of("/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so"),
                Path.of("/usr/lib/aarch64-linux-gnu/pkcs11/p11-kit-client.so"),
                Path.of("/usr/lib64/pkcs11/p11-kit-client.so"),
                Path.of("/usr/lib/pkcs11/p11-kit-client.so"));
    }

    /** The user's PIN, as programs want it. */
    static String pin() {
        return new String(SoftTokens.PIN.toChars());
    }

    Path folder() {
        return folder;
    }

    /** What tells the library where the server is. */
    Map<String, String> environment() {
        return Map.of("P11_KIT_SERVER_ADDRESS", server.addresses().get(0));
    }

    int clients() {
        return server.clients();
    }

    /** The user's session, beside the server. */
    Session session() throws TokenException {
        return module.token(LABEL).open(Login.user(SoftTokens.PIN));
    }

    /** Runs pkcs11-tool and returns what it printed, after a check that it ended well. */
    String pkcs11Tool(Object... arguments) throws IOException, InterruptedException {
        Program tool = tryPkcs11Tool(arguments);
        assertThat(tool.exitCode()).as(tool.output()).isZero();
        return tool.output();
    }

    Program tryPkcs11Tool(Object... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(Peer.require("pkcs11-tool", "opensc"), "--module", library()));
        command.addAll(List.of(arguments));
        return Program.run(folder, environment(), command);
    }

    /** Runs pkcs11-tool logged in to the token, and returns what it printed, after a check that it ended well. */
    String pkcs11ToolOfUser(Object... arguments) throws IOException, InterruptedException {
        return pkcs11Tool(ofUser(arguments));
    }

    Program tryPkcs11ToolOfUser(Object... arguments) throws IOException, InterruptedException {
        return tryPkcs11Tool(ofUser(arguments));
    }

    private static Object[] ofUser(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("--token-label", LABEL, "--login", "--pin", pin()));
        all.addAll(List.of(arguments));
        return all.toArray();
    }

    /** Runs a program and returns what it printed, after a check that it ended well. */
    String run(Map<String, String> more, Object... command) throws IOException, InterruptedException {
        Map<String, String> all = new java.util.HashMap<>(environment());
        all.putAll(more);
        Program program = Program.run(folder, all, List.of(command));
        assertThat(program.exitCode()).as(program.output()).isZero();
        return program.output();
    }

    Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Override
    public void close() {
        server.close();
        module.close();
    }
}
