package org.symbolon.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a configuration of a YAML document, noting every mistake. */
final class ConfigurationReader {
    private static final List<String> SECTIONS = List.of("tokens", "ssh", "agent", "serve");

    private final Path file;
    private final Mistakes mistakes;
    private boolean sensitive;

    ConfigurationReader(Path file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** Returns whether what was read refers to secrets, runs commands or says whose keys are trusted. */
    boolean isSensitive() {
        return sensitive;
    }

    Configuration read(YamlNode root) {
        Section top = Section.of(root, "", mistakes);
        top.onlyKeys(SECTIONS);
        Map<String, TokenConfiguration> tokens = new LinkedHashMap<>();
        Section named = top.section("tokens");
        for (String name : named.keys()) {
            TokenSection token = new TokenSection(name, named.section(name), file, mistakes);
            token.read().ifPresent(configuration -> tokens.put(name, configuration));
            sensitive |= token.isSensitive();
        }
        Section sshSection = top.section("ssh");
        SshConfiguration ssh = new SshSection(sshSection, named.keys(), mistakes).read();
        Optional<SshX509Configuration> x509 =
                new SshX509Section(sshSection.section("x509"), named.keys(), file, mistakes).read();
        Optional<SshSelfServiceConfiguration> selfService = new SshSelfServiceSection(
                        sshSection.section(SshSelfServiceSection.NAME), named.keys(), mistakes)
                .read();
        sensitive |= ssh.users().isPresent() || x509.isPresent() || selfService.isPresent();
        ServeConfiguration serve = new ServeSection(top.section("serve"), file, named.keys(), mistakes).read();
        sensitive |= !serve.users().isEmpty()
                || serve.tls().isPresent()
                || serve.kmip().isPresent()
                || serve.ssh().isWanted();
        AgentSection agent = new AgentSection(top.section("agent"), file, named.keys(), mistakes);
        sensitive |= agent.isSensitive();
        AgentConfiguration agentRead = agent.read();
        if (serve.agent() && agentRead.socket().isEmpty()) {
            mistakes.add(top.section("serve").at(), "serve.agent wants agent.socket, where the agent listens");
        }
        return new Configuration(Optional.of(file), tokens, ssh, agentRead, x509, selfService, serve);
    }
}
