package org.symbolon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.config.Configuration;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.lookup.SshLookup;
import org.symbolon.ssh.lookup.SshLookupClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom sshd's questions are put to: the server that runs, else the token. */
final class LookupOptions {
    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Ask symbolon serve there (default: serve.ssh.lookup of the configuration; else the token).")
    private @Nullable Path socket;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    /** Asks a server. */
    @FunctionalInterface
    interface Asked {
        List<String> ask(SshLookupClient server) throws IOException;
    }

    /** Asks the token. */
    @FunctionalInterface
    interface Looked {
        List<String> look(SshLookup token) throws TokenException;
    }

    int run(Symbolon root, String field, Asked asked, Looked looked) throws Exception {
        Configuration configuration = root.configuration();
        Optional<Path> server = socket != null
                ? Optional.of(socket)
                : tokens.isGiven()
                        ? Optional.empty()
                        : configuration.serve().ssh().lookup();
        List<String> lines;
        if (server.isPresent()) {
            lines = ask(server.get(), asked);
        } else {
            try (OpenToken open = login.open(
                    root, tokens.choose(configuration, configuration.ssh().users()))) {
                lines = looked.look(new SshLookup(TokenAuthorizedKeys.of(open.session(), configuration.ssh())));
            }
        }
        root.print(Document.with(field, lines).fields(), lines);
        return ExitCode.OK.code();
    }

    private static List<String> ask(Path server, Asked asked) throws CommandFailure {
        try {
            return asked.ask(new SshLookupClient(server));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "symbolon serve does not answer at " + server + ": " + e.getMessage());
        }
    }
}
