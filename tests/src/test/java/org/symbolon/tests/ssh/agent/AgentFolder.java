package org.symbolon.tests.ssh.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.config.AgentPurpose;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.agent.AgentKeyPolicy;
import org.symbolon.ssh.agent.Askpass;
import org.symbolon.ssh.agent.TokenSshAgent;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** An agent over a soft token with three keys, whose public halves are files of a folder, and a second token to be opened. */
final class AgentFolder implements AutoCloseable {
    /** The keys of the first token. */
    static final List<String> KEYS = List.of("ec", "rsa", "ed");

    private static final int RSA_BITS = 2048;

    private final Path folder;
    private final TokenModule module;
    private final Session session;
    private TokenSshAgent agent;

    private AgentFolder(Path folder, TokenModule module, Session session) throws Exception {
        this.folder = folder;
        this.module = module;
        this.session = session;
        this.agent = startAgent();
    }

    static AgentFolder in(Path folder) throws Exception {
        TokenModule module = SoftTokens.inDatabase(folder.resolve("tokens.db"));
        Session session = SoftTokens.newSession(module, "First");
        newKey(folder, session, "ec", Mechanism.EC_KEY_PAIR_GEN.curve("P-256"));
        newKey(folder, session, "rsa", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(RSA_BITS));
        newKey(folder, session, "ed", Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"));
        try (Session second = SoftTokens.newSession(module, "Second")) {
            newKey(folder, second, "card", Mechanism.EC_KEY_PAIR_GEN.curve("P-384"));
        }
        script(folder, "askpass", "cat '" + folder.resolve("answer") + "'");
        return new AgentFolder(folder, module, session);
    }

    private static void newKey(Path folder, Session session, String label, Mechanism mechanism) throws Exception {
        Template template = Template.label(label).onToken();
        KeyPairObject pair = session.generateKeyPair(mechanism, template, template);
        SshPublicKey key = TokenSshKey.of(session, pair.privateKey()).publicKey();
        Files.writeString(folder.resolve(label + ".pub"), key.toOpenSshLine(label) + "\n");
    }

    private static void script(Path folder, String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private TokenSshAgent startAgent() throws Exception {
        return TokenSshAgent.builder()
                .token(session)
                .policies((key, label) -> AgentKeyPolicy.ofDefaults().purposes(AgentPurpose.values()))
                .tokens((id, pin) -> id.equals("second")
                        ? Optional.of(new OpenToken(
                                SoftTokens.inDatabase(folder.resolve("tokens.db")),
                                module.token("Second").open(Login.user(pin))))
                        : Optional.empty())
                .confirmation(new Askpass(folder.resolve("askpass"), java.time.Duration.ofSeconds(20)))
                .addedKeys(true)
                .socket(folder.resolve("agent.sock"))
                .start();
    }

    /** Ends the agent and starts another on the same socket. */
    void restart() throws Exception {
        agent.close();
        agent = startAgent();
    }

    TokenSshAgent agent() {
        return agent;
    }

    Session session() {
        return session;
    }

    SshPublicKey key(String label) throws Exception {
        return SshPublicKey.parseOpenSshLine(
                Files.readString(folder.resolve(label + ".pub")).strip());
    }

    /** What the askpass program says next, to questions for PINs and for confirmation. */
    void answer(String text) throws IOException {
        Files.writeString(folder.resolve("answer"), text + "\n");
    }

    /** Says the PIN of the tokens next. */
    void answerPin() throws IOException {
        answer(new String(SoftTokens.PIN.toUtf8(), UTF_8));
    }

    /** Runs a program with the agent. */
    Program run(String program, String debianPackage, Object... arguments) throws Exception {
        List<Object> command = new ArrayList<>(List.of(Peer.require(program, debianPackage)));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a line of a shell with the agent. */
    Program shell(String line) throws Exception {
        return run(List.of("/bin/sh", "-c", line));
    }

    private Program run(List<?> command) throws Exception {
        return Program.run(
                folder,
                Map.of(
                        "SSH_AUTH_SOCK", agent.socket().toString(),
                        "SSH_ASKPASS", folder.resolve("askpass").toString(),
                        "SSH_ASKPASS_REQUIRE", "force",
                        "DISPLAY", "none",
                        "HOME", folder.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "LC_ALL", "C"),
                command);
    }

    /** Runs a program with the agent, which must do what it is asked. */
    String done(String program, String debianPackage, Object... arguments) throws Exception {
        Program run = run(program, debianPackage, arguments);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run.output();
    }

    @Override
    public void close() {
        agent.close();
        session.close();
        module.close();
    }
}
