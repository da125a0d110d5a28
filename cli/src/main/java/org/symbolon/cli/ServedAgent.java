package org.symbolon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.config.AgentConfiguration;
import org.symbolon.config.AgentPurpose;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.config.ServeConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.agent.AgentKeyPolicy;
import org.symbolon.ssh.agent.AgentTokens;
import org.symbolon.ssh.agent.Askpass;
import org.symbolon.ssh.agent.TokenSshAgent;
import org.symbolon.ssh.agent.TokenSshAgentBuilder;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * The ssh-agent that the configuration describes, with the tokens that it has from the beginning.
 *
 * @param agent the agent
 * @param tokens its tokens, closed after it
 */
record ServedAgent(TokenSshAgent agent, List<OpenToken> tokens) implements ServedPart {
    private static final Path USUAL_ASKPASS = Path.of("/usr/bin/ssh-askpass");
    private static final Duration PATIENCE = Duration.ofMinutes(2); // LoginGraceTime of sshd

    /** How a token of the agent's is opened. */
    @FunctionalInterface
    interface Opening {
        OpenToken open(TokenConfiguration token)
                throws CommandFailure, ConfigurationException, IOException, TokenException;
    }

    /** Starts the agent of the configuration if it is served, on its socket, with tokens that need nobody to log in. */
    static Optional<ServedAgent> start(ServeConfiguration serve, Configuration configuration)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        AgentConfiguration settings = configuration.agent();
        if (!serve.agent() || settings.socket().isEmpty()) {
            return Optional.empty();
        }
        List<TokenConfiguration> chosen = new ArrayList<>();
        for (String name : settings.tokens()) {
            chosen.add(configuration.token(name));
        }
        return Optional.of(start(
                TokenConfiguration::open,
                settings,
                List.of(),
                settings.socket().get().toAbsolutePath(),
                configuration,
                chosen));
    }

    static ServedAgent start(
            Opening opening,
            AgentConfiguration settings,
            List<AgentPurpose> purposes,
            Path socket,
            Configuration configuration,
            List<TokenConfiguration> chosen)
            throws CommandFailure, ConfigurationException, IOException, TokenException {
        TokenSshAgentBuilder builder = TokenSshAgent.builder()
                .socket(socket)
                .policies((key, label) -> policy(settings, purposes, label, key.fingerprint()))
                .tokens(smartcards(settings, configuration, chosen))
                .addedKeys(settings.addKeys())
                .confirm(settings.confirm())
                .maxClients(settings.maxClients());
        settings.users().forEach(builder::user);
        settings.lifetime().ifPresent(builder::lifetime);
        settings.idle().ifPresent(builder::idle);
        settings.askpass()
                .or(() -> Optional.of(USUAL_ASKPASS).filter(Files::isExecutable))
                .ifPresent(program -> builder.confirmation(new Askpass(program, PATIENCE)));
        for (Path file : settings.certificates()) {
            builder.certificate(certificate(file));
        }
        List<OpenToken> tokens = new ArrayList<>();
        boolean started = false;
        try {
            for (TokenConfiguration each : chosen) {
                OpenToken token = opening.open(each);
                tokens.add(token);
                builder.token(token.session());
            }
            ServedAgent served = new ServedAgent(builder.start(), tokens);
            started = true;
            return served;
        } finally {
            if (!started) {
                tokens.forEach(OpenToken::close);
            }
        }
    }

    private static AgentKeyPolicy policy(
            AgentConfiguration settings, List<AgentPurpose> purposes, String label, String fingerprint) {
        Optional<AgentKeyPolicy> configured = settings.key(label, fingerprint).map(AgentKeyPolicy::of);
        AgentKeyPolicy usual = purposes.isEmpty()
                ? AgentKeyPolicy.ofDefaults()
                : AgentKeyPolicy.ofDefaults().purposes(purposes.toArray(AgentPurpose[]::new));
        return configured.orElse(usual);
    }

    /** What ssh-add -s opens: tokens of the configuration by name, and those of the command line as they were given there. */
    private static AgentTokens smartcards(
            AgentConfiguration settings, Configuration configuration, List<TokenConfiguration> chosen)
            throws ConfigurationException {
        Map<String, TokenConfiguration> allowed = new LinkedHashMap<>();
        chosen.forEach(each -> allowed.put(each.name(), each));
        if (settings.smartcards().isEmpty()) {
            allowed.putAll(configuration.tokens());
        }
        for (String name : settings.smartcards()) {
            allowed.put(name, configuration.token(name));
        }
        return (id, pin) -> {
            TokenConfiguration token = allowed.get(id);
            return token == null ? Optional.empty() : Optional.of(opened(token, pin));
        };
    }

    private static OpenToken opened(TokenConfiguration token, Pin pin) throws ConfigurationException, TokenException {
        return pin.lengthInBytes() == 0 ? token.open() : token.open(Login.user(pin));
    }

    private static SshCertificate certificate(Path file) throws CommandFailure, IOException {
        try {
            return SshCertificate.parseOpenSshLine(
                    Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (SshFormatException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + e.getMessage());
        }
    }

    @Override
    public List<String> addresses() {
        return List.of("SSH_AUTH_SOCK=" + agent.socket());
    }

    @Override
    public void writeTo(PrometheusText text) {
        agent.writeTo(text);
    }

    @Override
    public ServerHealth health() {
        return agent.health();
    }

    @Override
    public void close() {
        agent.close();
        tokens.forEach(OpenToken::close);
    }
}
