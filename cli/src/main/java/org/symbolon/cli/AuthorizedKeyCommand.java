package org.symbolon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.config.SshConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon authorized-key}: who may log in by SSH with what. */
@Command(name = "authorized-key", description = "Says which keys may log in by SSH as which user.")
final class AuthorizedKeyCommand implements Runnable {
    private static final String USER = "The user's name, exactly.";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "authorized-key what? add, list or remove");
    }

    /** The token that the users' keys are in, opened. */
    private record Users(OpenToken token, AuthorizedKeys keys) implements AutoCloseable {
        @Override
        public void close() {
            token.close();
        }
    }

    /** Opens the token with a login, which reading does without where the token's signing key is pinned. */
    private Users open(Symbolon root, TokenOptions tokens, LoginOptions login, boolean reading)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        Configuration configuration = root.configuration();
        SshConfiguration ssh = configuration.ssh();
        TokenConfiguration configured = tokens.choose(configuration, ssh.users());
        OpenToken token = reading && configured.settings().containsKey(TokenOptions.PINNED_KEY)
                ? login.openForReading(root, configured)
                : login.open(root, configured);
        return new Users(token, TokenAuthorizedKeys.of(token.session(), ssh));
    }

    private Symbolon root() {
        return Symbolon.of(Objects.requireNonNull(spec));
    }

    @Command(
            name = "add",
            description = {
                "Lets the keys of a file log in as a user.",
                "Lines with options (command=, from= ...) are refused: they are not enforced yet."
            },
            footer = {
                "",
                "Examples:",
                "  symbolon authorized-key add alice alice.pub --token soft:sqlite:team.db",
                "  ssh-add -L | symbolon authorized-key add alice - --token soft:sqlite:team.db"
            })
    int add(
            @Parameters(paramLabel = "USER", description = USER) String user,
            @Parameters(
                            paramLabel = "FILE",
                            description = "Public keys: OpenSSH lines, or one in PEM, DER or RFC 4716;"
                                    + " - is standard input.")
                    Path file,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        List<SshPublicKey> keys = read(file);
        List<AuthorizedKey> added = new ArrayList<>();
        try (Users users = open(root(), tokens, login, false)) {
            for (SshPublicKey key : keys) {
                added.add(users.keys().add(user, key));
            }
        }
        print("added", user, added.stream().map(AuthorizedKey::key).toList());
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            description = "Lists the keys that may log in as a user.",
            footer = {"", "Example:", "  symbolon authorized-key list alice --token soft:sqlite:team.db"})
    int list(
            @Parameters(paramLabel = "USER", description = USER) String user,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        try (Users users = open(root(), tokens, login, true)) {
            print(
                    "",
                    user,
                    users.keys().list(user).stream().map(AuthorizedKey::key).toList());
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "remove",
            description = "Lets a key, or with --all every key, log in as a user no more.",
            footer = {
                "",
                "Examples:",
                "  symbolon authorized-key remove alice alice.pub --token soft:sqlite:team.db",
                "  symbolon authorized-key remove alice SHA256:... --token soft:sqlite:team.db"
            })
    int remove(
            @Parameters(paramLabel = "USER", description = USER) String user,
            @Parameters(
                            paramLabel = "KEY",
                            arity = "0..1",
                            description = "The key: its fingerprint (SHA256:...) or a file.")
                    @Nullable String key,
            @Option(names = "--all", description = "Remove all keys of the user.") boolean all,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        if (all == (key != null)) {
            throw CommandFailure.usage("which key? Give a fingerprint, a file, or --all");
        }
        List<SshPublicKey> removed = new ArrayList<>();
        try (Users users = open(root(), tokens, login, false)) {
            for (SshPublicKey meant : meant(users.keys(), user, key)) {
                if (users.keys().remove(user, meant)) {
                    removed.add(meant);
                }
            }
        }
        if (removed.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "user \"" + user + "\" has no such key");
        }
        print("removed", user, removed);
        return ExitCode.OK.code();
    }

    private List<SshPublicKey> meant(AuthorizedKeys keys, String user, @Nullable String key) throws Exception {
        if (key != null && !key.startsWith("SHA256:")) {
            return read(Path.of(key));
        }
        return keys.list(user).stream()
                .map(AuthorizedKey::key)
                .filter(candidate -> key == null || candidate.fingerprint().equals(key))
                .toList();
    }

    private void print(String done, String user, List<SshPublicKey> keys) {
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (SshPublicKey key : keys) {
            documents.add(Document.with("type", key.type().wireName())
                    .and("fingerprint", key.fingerprint())
                    .and("line", key.toOpenSshLine(""))
                    .fields());
            lines.add(done.isEmpty() ? key.toString() : done + " " + key + " for " + TokenTexts.printable(user));
        }
        root().print(
                        Document.with("user", user)
                                .and(done.isEmpty() ? "keys" : done, documents)
                                .fields(),
                        lines);
    }

    /** Reads every key of a file, or none if one of them cannot be taken. */
    private List<SshPublicKey> read(Path file) throws IOException, CommandFailure {
        byte[] content = InputFile.read(file, root().terminal().in());
        String text = new String(content, StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        boolean isOne = content.length == 0
                || content[0] == 0x30
                || text.contains("-----BEGIN ")
                || text.contains("---- BEGIN ")
                || text.startsWith("PuTTY-User-Key-File");
        List<SshPublicKey> keys = new ArrayList<>();
        int number = 0;
        try {
            if (isOne || lines.stream().allMatch(AuthorizedKeysLine::isBlank)) {
                return List.of(PublicKeyFile.parse(content).key());
            }
            for (String line : lines) {
                number++;
                if (!AuthorizedKeysLine.isBlank(line)) {
                    keys.add(withoutOptions(AuthorizedKeysLine.parse(line)));
                }
            }
            return keys;
        } catch (SshFormatException e) {
            String place = number == 0 ? file.toString() : file + ":" + number;
            throw new CommandFailure(ExitCode.BAD_INPUT, place + ": " + e.getMessage());
        }
    }

    private static SshPublicKey withoutOptions(AuthorizedKeysLine line) throws SshFormatException {
        if (line.hasOptions()) {
            throw new SshFormatException("the option " + line.options().get(0).name()
                    + " stands before the key; options are not enforced yet, so the line is refused");
        }
        return line.key();
    }
}
