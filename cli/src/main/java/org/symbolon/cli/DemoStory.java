package org.symbolon.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.KeyPairObject;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;

/** The demonstration's steps, in order. */
final class DemoStory implements AutoCloseable {
    static final String USER = "alice";

    private static final String COMMAND = "whoami";
    private static final List<String> OPENSSH_KEY_TYPES = List.of("ed25519", "ecdsa", "rsa");

    private final Symbolon root;
    private final TokenOptions tokens;
    private final LoginOptions login;
    private final boolean kmip;
    private final Transcript transcript;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Map<String, SshPublicKey> openSshKeys = new LinkedHashMap<>();
    private final List<SshPublicKey> authorized = new ArrayList<>();
    private final String hostLabel;
    private final String clientLabel;
    private @Nullable Stage stage;
    private @Nullable DemoKmipServer kmipServer;

    DemoStory(Symbolon root, TokenOptions tokens, LoginOptions login, boolean kmip) {
        this.root = root;
        this.tokens = tokens;
        this.login = login;
        this.kmip = kmip;
        this.transcript = new Transcript(root);
        String mark = Integer.toHexString(new SecureRandom().nextInt());
        this.hostLabel = "demo-host-" + mark;
        this.clientLabel = "demo-laptop-" + mark;
    }

    /** What all steps after the first three play on. */
    private record Stage(
            DemoDirectory directory, DemoToken token, AuthorizedKeys users, SshPublicKey hostKey, int port) {
        OpenSsh openSsh() {
            return new OpenSsh(directory.path(), port, USER);
        }
    }

    /** Takes every step; returns how it went. */
    ExitCode tell() throws IOException {
        DemoDirectory directory = DemoDirectory.create();
        closeLater(directory::close);
        try {
            Stage built = build(directory);
            stage = built;
            JavaLogin java = javaLogin(built);
            openSshLogins(built);
            removal(built, java);
            return ExitCode.OK;
        } catch (Transcript.Failed e) {
            return e.exitCode();
        }
    }

    private Stage build(DemoDirectory directory) throws Transcript.Failed {
        TokenOptions chosen = kmip ? startKmipServer(directory) : tokens;
        DemoToken token = transcript.step("token", () -> token(directory, chosen));
        SshPublicKey hostKey = transcript.step("host key", () -> {
            KeyPairObject pair = token.generateKeyPair(hostLabel);
            SshPublicKey key = SshPublicKey.of(PublicKeys.of(pair.publicKey()));
            return done(key, "the server's host key was made in the token: " + key);
        });
        AuthorizedKeys users = token.users();
        int port = transcript.step("server", () -> {
            DemoServer server = DemoServer.start(
                    token.session(), hostLabel, users, root.configuration().ssh());
            closeLater(server::close);
            return done(
                    server.port(),
                    "the SSH server listens on " + DemoServer.HOST + " port " + server.port()
                            + ", its host key and users are in the token");
        });
        return new Stage(directory, token, users, hostKey, port);
    }

    private TokenOptions startKmipServer(DemoDirectory directory) throws Transcript.Failed {
        DemoKmipServer server = transcript.step("KMIP server", () -> {
            DemoKmipServer started = DemoKmipServer.start(directory);
            closeLater(started::close);
            return done(started, "a KMIP server over a new soft token listens on " + started.uri());
        });
        kmipServer = server;
        return server.options(tokens);
    }

    private Transcript.Done<DemoToken> token(DemoDirectory directory, TokenOptions chosen)
            throws GeneralSecurityException, IOException, CommandFailure {
        DemoToken token = chosen.isGiven()
                ? DemoToken.use(root, chosen.choose(root.configuration()), login)
                : DemoToken.make(chosen.ofUri("soft:sqlite:" + directory.file("demo.db")));
        closeLater(token::close);
        return done(token, "token \"" + token.label() + "\" is open: " + token.uri());
    }

    private JavaLogin javaLogin(Stage on) throws Transcript.Failed {
        transcript.step("user key", () -> {
            KeyPairObject pair = on.token().generateKeyPair(clientLabel);
            SshPublicKey key = SshPublicKey.of(PublicKeys.of(pair.publicKey()));
            authorize(on, key);
            return done(key, USER + "'s key was made in the token and may log in: " + key);
        });
        return transcript.step("Java login", () -> {
            JavaLogin java = JavaLogin.of(on.token().session(), clientLabel, on.hostKey(), on.port());
            closeLater(java::close);
            String answer = expect(java.run(USER, COMMAND));
            return done(java, "Java login, the private key stays in the token; " + COMMAND + " says " + answer);
        });
    }

    private void openSshLogins(Stage on) throws Transcript.Failed, IOException {
        if (!OpenSsh.isInstalled(on.directory())) {
            transcript.skip("OpenSSH login", "ssh is not installed");
            return;
        }
        OpenSsh ssh = on.openSsh();
        transcript.step("key files", () -> {
            ssh.trust(on.hostKey());
            for (String type : OPENSSH_KEY_TYPES) {
                SshPublicKey key = ssh.generateKey(type);
                openSshKeys.put(type, key);
                authorize(on, key);
            }
            return done(
                    true,
                    "ssh-keygen made " + USER + " keys in files, which may log in too: "
                            + String.join(", ", OPENSSH_KEY_TYPES));
        });
        for (String type : OPENSSH_KEY_TYPES) {
            transcript.step("OpenSSH login", () -> {
                String answer = expect(ssh.run(type, COMMAND));
                return done(answer, "OpenSSH login with " + type + "; " + COMMAND + " says " + answer);
            });
        }
    }

    private void removal(Stage on, JavaLogin java) throws Transcript.Failed {
        transcript.step("removal", () -> done(true, kmipServer == null ? remove(on) : destroy(kmipServer)));
        transcript.step("Java login refused", () -> {
            require(java.isRefused(USER), "the server still lets the Java client in");
            return done(true, "the next Java login is refused");
        });
        if (!openSshKeys.isEmpty()) {
            transcript.step("OpenSSH login refused", () -> {
                for (String type : openSshKeys.keySet()) {
                    require(on.openSsh().isRefused(type), "the server still lets OpenSSH in with " + type);
                }
                return done(true, "the next OpenSSH login is refused, with each of the keys");
            });
        }
    }

    private String remove(Stage on) throws TokenException, CommandFailure {
        for (SshPublicKey key : authorized) {
            require(on.users().remove(USER, key), "the token has lost " + key);
        }
        return USER + "'s keys were removed from the token";
    }

    private String destroy(DemoKmipServer server) throws GeneralSecurityException, IOException, CommandFailure {
        int destroyed = server.destroyPublicKeys(USER);
        require(destroyed == authorized.size(), "the server has " + destroyed + " keys of " + USER);
        return "a KMIP client destroyed the " + destroyed + " public keys of " + USER + " in the Object Group "
                + DemoKmipServer.GROUP;
    }

    private void authorize(Stage on, SshPublicKey key) throws TokenException {
        AuthorizedKey added = on.users().add(USER, key);
        on.token().remember(added.object());
        authorized.add(key);
    }

    /** Lets the keys in files log in again. */
    void welcomeBack() throws TokenException {
        for (SshPublicKey key : openSshKeys.values()) {
            authorize(Objects.requireNonNull(stage), key);
        }
    }

    /** Prints the story as one document, if that is wanted; else how to log in to a server that goes on. */
    void print(ExitCode exitCode, boolean goesOn) {
        if (root.json()) {
            Document document = Document.with("ok", exitCode == ExitCode.OK).and("steps", transcript.documents());
            if (stage != null) {
                document.and("port", stage.port())
                        .and("hostKey", stage.hostKey().toOpenSshLine(""));
            }
            if (goesOn) {
                document.and("ssh", commandLines());
            }
            root.print(document.fields(), List.of());
        } else if (goesOn) {
            invite(Objects.requireNonNull(stage));
        }
    }

    private void invite(Stage on) {
        root.remark("\nThe server runs until Ctrl-C. Its host key is " + on.hostKey() + ".");
        root.remark(
                openSshKeys.isEmpty()
                        ? "It listens on " + DemoServer.HOST + " port " + on.port() + "; ssh is not installed."
                        : "Log in as " + USER + ":");
        commandLines().forEach(line -> root.terminal().out().println("  " + line));
        if (kmipServer != null) {
            root.remark("See what the KMIP server has, or change it:");
            root.terminal().out().println("  symbolon object list " + kmipServer.commandLine());
        }
    }

    private List<String> commandLines() {
        Stage on = Objects.requireNonNull(stage);
        return openSshKeys.keySet().stream()
                .map(type -> String.join(" ", on.openSsh().commandLine(type)))
                .toList();
    }

    private void closeLater(Runnable close) {
        synchronized (closing) {
            closing.push(close);
        }
    }

    /** Ends everything, the last first. Idempotent; also called when the process is told to end. */
    @Override
    public void close() {
        synchronized (closing) {
            while (!closing.isEmpty()) {
                closing.pop().run();
            }
        }
    }

    private static <R> Transcript.Done<R> done(R result, String text) {
        return new Transcript.Done<>(result, text);
    }

    private static String expect(String answer) throws CommandFailure {
        require(answer.equals(USER), "the command says \"" + answer + "\" instead of \"" + USER + "\"");
        return answer;
    }

    private static void require(boolean right, String otherwise) throws CommandFailure {
        if (!right) {
            throw new CommandFailure(ExitCode.FAILED, otherwise);
        }
    }
}
