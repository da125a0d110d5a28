package org.symbolon.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.ServeConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.remote.server.RemoteTokenServerBuilder;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.MonitoringPort;
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
                    + " configuration; and, as the configuration says, one to KMIP clients (serve.kmip), sshd's look-ups"
                    + " (serve.ssh) and an ssh-agent (serve.agent).",
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

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The unix socket to listen on; may be repeated (default: the configuration's).")
    private List<Path> sockets = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Whom else to let in on the sockets, beside the user that runs this; may be repeated"
                    + " (default: the configuration's).")
    private Set<String> users = new LinkedHashSet<>();

    @Option(
            names = "--stdio",
            description =
                    "Serve one client on standard input and output, as in remote: |ssh HOST symbolon serve --stdio.")
    private boolean stdio;

    @Option(
            names = "--inherited-socket",
            description =
                    "Serve on the socket that standard input is, as systemd hands it over with StandardInput=socket:"
                            + " one that listens, or one client's unix socket. With TCP, serve.tls names the keys.")
    private boolean inheritedSocket;

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (stdio && inheritedSocket) {
            throw CommandFailure.usage("--stdio and --inherited-socket exclude each other");
        }
        if (stdio) {
            System.setOut(System.err); // standard output is the protocol's; what a library prints would break it
        }
        Configuration configuration = root.configuration();
        Optional<Channel> inherited = inheritedSocket ? Optional.of(inherited()) : Optional.empty();
        boolean oneClient =
                stdio || inherited.filter(SocketChannel.class::isInstance).isPresent();
        ServeConfiguration serve = given(configuration.serve(), oneClient);
        if (stdio && !sockets.isEmpty()) {
            throw CommandFailure.usage("--stdio serves one client and listens nowhere; leave --socket out");
        }
        if (!stdio
                && !inheritedSocket
                && serve.sockets().isEmpty()
                && serve.tls().isEmpty()
                && serve.kmip().isEmpty()
                && !serve.ssh().isWanted()
                && !serve.agent()) {
            throw CommandFailure.usage(
                    "where? Give --socket PATH, --stdio or --inherited-socket, or serve.socket, serve.tls,"
                            + " serve.kmip, serve.ssh or serve.agent in the configuration");
        }
        boolean othersAlone = !stdio
                && !inheritedSocket
                && serve.sockets().isEmpty()
                && serve.tls().isEmpty();
        Collection<TokenConfiguration> served = othersAlone ? List.of() : served(configuration);
        if (served.isEmpty() && !othersAlone) {
            throw CommandFailure.usage("no token is configured; name one, such as --token soft:sqlite:team.db");
        }
        List<TokenModule> modules = new ArrayList<>();
        try {
            RemoteTokenServerBuilder builder = builder(serve);
            for (TokenConfiguration each : served) {
                modules.add(add(each, builder));
            }
            run(root, serve, builder, inherited);
        } finally {
            modules.forEach(TokenModule::close);
        }
        return ExitCode.OK.code();
    }

    /** Returns the configuration with what the command line says in its place. */
    private ServeConfiguration given(ServeConfiguration configured, boolean oneClient) {
        return new ServeConfiguration(
                configured.tokens(),
                stdio || (inheritedSocket && sockets.isEmpty())
                        ? List.of()
                        : sockets.isEmpty() ? configured.sockets() : sockets,
                users.isEmpty() ? configured.users() : users,
                stdio ? Optional.empty() : configured.tls(),
                configured.maxClients(),
                configured.sessionsPerClient(),
                configured.requestTimeout(),
                oneClient ? Optional.empty() : configured.monitoring(), // there may be many such processes
                oneClient ? Optional.empty() : configured.kmip(),
                oneClient ? Configuration.empty().serve().ssh() : configured.ssh(),
                !oneClient && configured.agent(),
                configured.drain());
    }

    private Collection<TokenConfiguration> served(Configuration configuration)
            throws CommandFailure, ConfigurationException {
        if (tokens.isGiven()) {
            return List.of(tokens.choose(configuration));
        }
        List<TokenConfiguration> named = new ArrayList<>();
        for (String name : configuration.serve().tokens()) {
            named.add(configuration.token(name));
        }
        return named.isEmpty() ? configuration.tokens().values() : named;
    }

    private RemoteTokenServerBuilder builder(ServeConfiguration serve) {
        RemoteTokenServerBuilder builder = RemoteTokenServer.builder()
                .maxClients(serve.maxClients())
                .sessionsPerClient(serve.sessionsPerClient())
                .requestTimeout(serve.requestTimeout())
                .drain(serve.drain());
        serve.sockets().forEach(path -> builder.unixSocket(path.toAbsolutePath()));
        serve.users().forEach(builder::user);
        if (!inheritedSocket) {
            serve.tls().ifPresent(tls -> builder.tls(ServedKmip.address(tls.address()), ServedKmip.files(tls)));
        }
        return builder;
    }

    /** A module of which no token was picked is served whole, with empty slots to make tokens in. */
    private static TokenModule add(TokenConfiguration configured, RemoteTokenServerBuilder builder)
            throws TokenException {
        TokenModule module = configured.openModule();
        if (configured.token().equals(Pkcs11Uri.any())) {
            builder.module(module);
        } else {
            builder.module(module, configured.token());
        }
        return module;
    }

    private void run(
            Symbolon root, ServeConfiguration serve, RemoteTokenServerBuilder builder, Optional<Channel> inherited)
            throws IOException, InterruptedException, CommandFailure, ConfigurationException, TokenException {
        Terminal terminal = root.terminal();
        Optional<SocketChannel> client =
                inherited.filter(SocketChannel.class::isInstance).map(SocketChannel.class::cast);
        if (inherited.isPresent() && inherited.get() instanceof ServerSocketChannel listening) {
            listen(listening, serve, builder);
        }
        try (RemoteTokenServer server = builder.start()) {
            if (stdio) {
                server.serve("standard input", terminal.in(), terminal.out());
                return;
            }
            List<ServedPart> parts = start(serve, root.configuration());
            List<Monitored> told = new ArrayList<>(parts);
            told.add(server);
            Optional<MonitoringPort> monitoring = monitoring(serve, told);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, parts, monitoring), "symbolon-drain"));
            if (client.isPresent()) {
                server.serve(client.get());
                return;
            }
            if (!inheritedSocket) { // where standard output may be the socket too
                tell(terminal, server, parts, monitoring);
            }
            server.await();
        }
    }

    /** Starts what is served beside PKCS #11 programs: all of it, or nothing. */
    private List<ServedPart> start(ServeConfiguration serve, Configuration configuration)
            throws IOException, CommandFailure, ConfigurationException, TokenException {
        List<ServedPart> parts = new ArrayList<>();
        boolean started = false;
        try {
            ServedKmip.start(serve, configuration, tokens).ifPresent(parts::add);
            ServedSsh.start(serve, configuration, tokens).ifPresent(parts::add);
            ServedAgent.start(serve, configuration).ifPresent(parts::add);
            started = true;
            return parts;
        } finally {
            if (!started) {
                parts.forEach(ServedPart::close);
            }
        }
    }

    private static Optional<MonitoringPort> monitoring(ServeConfiguration serve, List<Monitored> parts)
            throws IOException {
        return serve.monitoring().isPresent()
                ? Optional.of(MonitoringPort.open(
                        ServedKmip.address(serve.monitoring().get()), Monitored.all(parts)))
                : Optional.empty();
    }

    /** Ends all servers; health is told of to the last. */
    private static void end(RemoteTokenServer server, List<ServedPart> parts, Optional<MonitoringPort> monitoring) {
        parts.forEach(ServedPart::close);
        server.close();
        monitoring.ifPresent(MonitoringPort::close);
    }

    private static void tell(
            Terminal terminal, RemoteTokenServer server, List<ServedPart> parts, Optional<MonitoringPort> monitoring) {
        for (String address : server.addresses()) {
            terminal.out().println(address.startsWith("unix:") ? "P11_KIT_SERVER_ADDRESS=" + address : address);
        }
        parts.forEach(part -> part.addresses().forEach(terminal.out()::println));
        monitoring
                .map(MonitoringPort::address)
                .ifPresent(address -> terminal.out()
                        .println("http://" + address.getAddress().getHostAddress() + ":" + address.getPort()
                                + "/metrics"));
    }

    /** Returns the socket that standard input is: one that listens, or one client's. */
    private static Channel inherited() throws IOException, CommandFailure {
        Channel channel = System.inheritedChannel();
        if (!(channel instanceof SocketChannel || channel instanceof ServerSocketChannel)) {
            throw CommandFailure.usage("standard input is no socket; systemd makes it one with StandardInput=socket");
        }
        return channel;
    }

    private static void listen(ServerSocketChannel server, ServeConfiguration serve, RemoteTokenServerBuilder builder)
            throws IOException, CommandFailure {
        if (server.getLocalAddress() instanceof UnixDomainSocketAddress) {
            builder.unixSocket(server);
        } else {
            ServeConfiguration.Tls tls = serve.tls()
                    .orElseThrow(() -> CommandFailure.usage(
                            "the socket is TCP: that wants serve.tls in the configuration, with its certificates"));
            builder.tls(server, ServedKmip.files(tls));
        }
    }
}
