package org.symbolon.cli;

import java.io.IOException;
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
                "Options before a key (command=, from=, restrict ...) are kept with it and enforced. A line that"
                        + " cannot be read is named and left out."
            },
            footer = {
                "",
                "Examples:",
                "  symbolon authorized-key add alice alice.pub --token soft:sqlite:team.db",
                "  ssh-add -L | symbolon authorized-key add alice - --token soft:sqlite:team.db",
                "  symbolon authorized-key add robot robot.pub --option command=backup",
                "  symbolon authorized-key add alice ca.pub --cert-authority"
            })
    int add(
            @Parameters(paramLabel = "USER", description = USER) String user,
            @Parameters(
                            paramLabel = "FILE",
                            description = "Public keys: OpenSSH lines, or one in PEM, DER or RFC 4716;"
                                    + " - is standard input.")
                    Path file,
            @Option(
                            names = "--option",
                            paramLabel = "OPTION",
                            description = "An option of authorized_keys for each of the keys, such as no-pty or"
                                    + " from=10.0.0.0/8.")
                    @Nullable List<String> options,
            @Option(names = "--cert-authority", description = "The keys are CAs whose certificates log in.")
                    boolean certAuthority,
            @Option(
                            names = "--keep-comments",
                            description = "Keep the comments of plain keys too, which makes them no public key objects"
                                    + " to others.")
                    boolean keepComments,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        List<AuthorizedKeysLine.Option> given = new ArrayList<>();
        if (certAuthority) {
            given.add(new AuthorizedKeysLine.Option("cert-authority", null));
        }
        for (String option : options == null ? List.<String>of() : options) {
            given.add(AuthorizedKeyLines.option(option));
        }
        AuthorizedKeyLines lines = AuthorizedKeyLines.read(
                file, InputFile.read(file, root().terminal().in()), given);
        List<AuthorizedKey> added = new ArrayList<>();
        if (!lines.keys().isEmpty()) {
            try (Users users = open(root(), tokens, login, false)) {
                for (AuthorizedKeyLines.Line line : lines.keys()) {
                    added.add(add(users.keys(), user, line, keepComments));
                }
            }
            print("added", user, added);
        }
        if (!lines.mistakes().isEmpty()) {
            throw new CommandFailure(ExitCode.BAD_INPUT, String.join("\n", lines.mistakes()));
        }
        return ExitCode.OK.code();
    }

    private static AuthorizedKey add(
            AuthorizedKeys keys, String user, AuthorizedKeyLines.Line line, boolean keepComments)
            throws TokenException {
        boolean commented = keepComments && !line.comment().isBlank();
        return line.isPlain() && !commented
                ? keys.add(user, line.key())
                : keys.add(user, line.key(), line.options(), line.comment());
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
            print("", user, users.keys().list(user));
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
        List<AuthorizedKey> removed = new ArrayList<>();
        try (Users users = open(root(), tokens, login, false)) {
            List<AuthorizedKey> listed = users.keys().list(user);
            for (SshPublicKey meant : meant(listed, key)) {
                if (users.keys().remove(user, meant)) {
                    listed.stream().filter(each -> each.key().equals(meant)).forEach(removed::add);
                }
            }
        }
        if (removed.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "user \"" + user + "\" has no such key");
        }
        print("removed", user, removed);
        return ExitCode.OK.code();
    }

    private List<SshPublicKey> meant(List<AuthorizedKey> listed, @Nullable String key) throws Exception {
        if (key != null && !key.startsWith("SHA256:")) {
            Path file = Path.of(key);
            AuthorizedKeyLines lines = AuthorizedKeyLines.read(
                    file, InputFile.read(file, root().terminal().in()), List.of());
            if (!lines.mistakes().isEmpty()) {
                throw new CommandFailure(ExitCode.BAD_INPUT, String.join("\n", lines.mistakes()));
            }
            return lines.keys().stream().map(AuthorizedKeyLines.Line::key).toList();
        }
        return listed.stream()
                .map(AuthorizedKey::key)
                .filter(candidate -> key == null || candidate.fingerprint().equals(key))
                .distinct()
                .toList();
    }

    private void print(String done, String user, List<AuthorizedKey> keys) {
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (AuthorizedKey each : keys) {
            SshPublicKey key = each.key();
            List<String> options = each.line().options().stream()
                    .map(AuthorizedKeysLine.Option::toString)
                    .toList();
            documents.add(Document.with("type", key.type().wireName())
                    .and("fingerprint", key.fingerprint())
                    .and("options", options)
                    .and("comment", each.comment())
                    .and("line", each.line().toLine())
                    .fields());
            String shown = key
                    + (options.isEmpty() ? "" : " " + String.join(",", options))
                    + (each.comment().isEmpty() ? "" : " " + each.comment());
            lines.add(TokenTexts.printable(done.isEmpty() ? shown : done + " " + key + " for " + user)
                    + (done.equals("added") && !options.isEmpty()
                            ? " with " + TokenTexts.printable(String.join(",", options))
                            : ""));
        }
        root().print(
                        Document.with("user", user)
                                .and(done.isEmpty() ? "keys" : done, documents)
                                .fields(),
                        lines);
    }
}
