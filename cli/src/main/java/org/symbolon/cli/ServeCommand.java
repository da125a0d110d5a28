package org.symbolon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.remote.server.RemoteTokenServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon serve}. */
@Command(
        name = "serve",
        description = {
            "Serves tokens to PKCS #11 programs through p11-kit-client.so: --token, else everything in the"
                    + " configuration.",
            "Runs until it is ended; clients log in with their own PINs."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon serve --token soft:sqlite:team.db --socket /run/user/1000/symbolon.sock",
            "  P11_KIT_SERVER_ADDRESS=unix:path=/run/user/1000/symbolon.sock \\",
            "      pkcs11-tool --module /usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so -L"
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Option(names = "--socket", paramLabel = "PATH", description = "The unix socket to listen on; may be repeated.")
    private List<Path> sockets = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Whom else to let in on the sockets, beside the user that runs this; may be repeated.")
    private Set<String> users = new LinkedHashSet<>();

    @Option(
            names = "--stdio",
            description =
                    "Serve one client on standard input and output, as in remote: |ssh HOST symbolon serve --stdio.")
    private boolean stdio;

    @Option(names = "--max-clients", paramLabel = "N", description = "How many clients at a time (default: 1024).")
    private int maxClients = 1024;

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (stdio != sockets.isEmpty()) {
            throw CommandFailure.usage("where? Give either --socket PATH or --stdio");
        }
        Configuration configuration = root.configuration();
        Collection<TokenConfiguration> served = tokens.isGiven()
                ? List.of(tokens.choose(configuration))
                : configuration.tokens().values();
        if (served.isEmpty()) {
            throw CommandFailure.usage("no token is configured; name one, such as --token soft:sqlite:team.db");
        }
        List<TokenModule> modules = new ArrayList<>();
        try {
            serve(root.terminal(), served, modules);
        } finally {
            modules.forEach(TokenModule::close);
        }
        return ExitCode.OK.code();
    }

    private void serve(Terminal terminal, Collection<TokenConfiguration> served, List<TokenModule> modules)
            throws ConfigurationException, IOException, TokenException, InterruptedException {
        RemoteTokenServer.Builder builder = RemoteTokenServer.builder().maxClients(maxClients);
        for (TokenConfiguration each : served) {
            TokenModule module = each.openModule();
            modules.add(module);
            if (each.token().equals(Pkcs11Uri.any())) {
                builder.module(module);
            } else {
                builder.module(module, each.token());
            }
        }
        sockets.forEach(path -> builder.unixSocket(path.toAbsolutePath()));
        users.forEach(builder::user);
        try (RemoteTokenServer server = builder.start()) {
            if (stdio) {
                server.serve("standard input", terminal.in(), terminal.out());
                return;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "symbolon-drain"));
            server.addresses().forEach(address -> terminal.out().println("P11_KIT_SERVER_ADDRESS=" + address));
            server.await();
        }
    }
}
