package org.symbolon.spring;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.shell.ShellFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.CachedAuthorizedKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.mina.LiveLogins;
import org.symbolon.ssh.mina.ServerLimits;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.UserKeyCheck;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemFactory;
import org.symbolon.ssh.mina.x509.X509Ssh;
import org.symbolon.ssh.mina.x509.X509UserKeys;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.x509.TokenX509Keys;
import org.symbolon.ssh.x509.X509Validator;

/** Logins by keys in a token, host keys in a token and, if it has a port, an SSH server of Apache MINA with both. */
@AutoConfiguration(after = SymbolonAutoConfiguration.class)
@ConditionalOnClass({SshServer.class, TokenPublickeyAuthenticator.class})
@Import({SshSelfServiceBeans.class, SshX509Beans.class})
public final class SymbolonSshAutoConfiguration {
    private static final String USERS = SymbolonProperties.PREFIX + ".ssh.users";
    private static final String END_SESSIONS = SymbolonProperties.PREFIX + ".ssh.end-sessions";
    private static final String HOST_KEYS = SymbolonProperties.PREFIX + ".ssh.host-keys";
    private static final String HOST_KEY_LABEL = SymbolonProperties.PREFIX + ".ssh.host-key-label";
    private static final String AUTHORITIES = SymbolonProperties.PREFIX + ".ssh.trusted-user-ca-keys";
    private static final String HOST_CERTIFICATES = SymbolonProperties.PREFIX + ".ssh.x509.host-certificates";
    private static final String PORT = SymbolonProperties.PREFIX + ".ssh.server.port";

    SymbolonSshAutoConfiguration() {}

    /** The users' keys. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(USERS)
    static class Users {
        @Bean
        @ConditionalOnMissingBean
        AuthorizedKeys symbolonAuthorizedKeys(SymbolonTokens tokens, SymbolonProperties properties)
                throws TokenException, ConfigurationException {
            SshProperties ssh = properties.ssh();
            Session session = ssh.usersIn(tokens, USERS);
            SshConfiguration wanted = ssh.ofUsers();
            return SshProperties.checked("user-label", () -> CachedAuthorizedKeys.of(session, wanted));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(END_SESSIONS)
        LiveLogins symbolonLiveLogins(SymbolonTokens tokens, SymbolonProperties properties)
                throws TokenException, ConfigurationException {
            SshProperties ssh = properties.ssh();
            return LiveLogins.of(ssh.usersIn(tokens, END_SESSIONS), ssh.ofUsers())
                    .orElseThrow();
        }

        @Bean
        @ConditionalOnMissingBean(PublickeyAuthenticator.class)
        TokenPublickeyAuthenticator symbolonPublickeyAuthenticator(
                AuthorizedKeys keys,
                SymbolonProperties properties,
                ObjectProvider<LiveLogins> live,
                ObjectProvider<UserKeyCheck> checks) {
            Set<SshPublicKey> authorities = new HashSet<>();
            for (String line : properties.ssh().trustedUserCaKeys()) {
                try {
                    authorities.add(SshPublicKey.parseOpenSshLine(line));
                } catch (SshFormatException e) {
                    throw new SymbolonPropertyException(AUTHORITIES, "cannot be used: " + e.getMessage(), e);
                }
            }
            TokenPublickeyAuthenticator.Builder builder = TokenPublickeyAuthenticator.builder(
                            keys, properties.ssh().ofUsers())
                    .trustedAuthority(authorities::contains);
            live.ifAvailable(builder::endSessions);
            checks.orderedStream().forEach(builder::check);
            return builder.build();
        }
    }

    /** The server's keys. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(HOST_KEYS)
    static class HostKeys {
        @Bean
        @ConditionalOnMissingBean(KeyPairProvider.class)
        TokenHostKeyProvider symbolonHostKeyProvider(SymbolonTokens tokens, SymbolonProperties properties)
                throws TokenException, ConfigurationException {
            SshProperties ssh = properties.ssh();
            return TokenHostKeyProvider.of(keys(session(tokens, ssh), ssh));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(HOST_CERTIFICATES)
        TokenX509Keys symbolonHostCertificates(SymbolonTokens tokens, SymbolonProperties properties)
                throws TokenException, ConfigurationException {
            SshProperties ssh = properties.ssh();
            Session session = session(tokens, ssh);
            return TokenX509Keys.of(keys(session, ssh), session);
        }

        private static Session session(SymbolonTokens tokens, SshProperties ssh)
                throws TokenException, ConfigurationException {
            return tokens.session(tokens.named(HOST_KEYS, String.valueOf(ssh.hostKeys())));
        }

        private static TokenSshKeys keys(Session session, SshProperties ssh) throws TokenException {
            try {
                return ssh.hostKeyLabel().isEmpty()
                        ? all(session, String.valueOf(ssh.hostKeys()))
                        : TokenSshKeys.labelled(session, new TokenSigner(), ssh.hostKeyLabel());
            } catch (InvalidKeyException e) {
                throw new SymbolonPropertyException(HOST_KEY_LABEL, "cannot be used: " + e.getMessage(), e);
            }
        }

        private static TokenSshKeys all(Session session, String token) throws TokenException {
            TokenSshKeys keys = TokenSshKeys.matching(session, new TokenSigner(), ObjectQuery.privateKeys());
            if (keys.keys().isEmpty()) {
                keys.close();
                throw new SymbolonPropertyException(
                        HOST_KEYS, "names token " + token + ", where no private key can sign for SSH", null);
            }
            return keys;
        }
    }

    /** The server itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(PORT)
    static class Server {
        @Bean
        @ConditionalOnMissingBean
        SshServer symbolonSshServer(
                SymbolonProperties properties,
                ObjectProvider<PublickeyAuthenticator> authenticator,
                ObjectProvider<KeyPairProvider> hostKeys,
                ObjectProvider<ShellFactory> shell,
                ObjectProvider<CommandFactory> commands,
                ObjectProvider<SubsystemFactory> subsystems,
                ObjectProvider<PasswordAuthenticator> passwords,
                ObjectProvider<PublicKeySubsystem> selfService,
                ObjectProvider<X509UserKeys> certificates,
                ObjectProvider<X509Validator> validator,
                ObjectProvider<TokenX509Keys> hostCertificates,
                ObjectProvider<SshServerCustomizer> customizers) {
            SshProperties.Server wanted = properties.ssh().server();
            SshServer server = TokenSsh.configure(
                    SshServer.setUpDefaultServer(),
                    SshProperties.checked(
                            "server", () -> ServerLimits.of(properties.ssh().ofUsers())));
            server.setPort(wanted.port() == null ? 0 : wanted.port());
            if (wanted.address() != null) {
                server.setHost(wanted.address().getHostAddress());
            }
            server.setPublickeyAuthenticator(required(
                    authenticator, "who may log in; set " + USERS + " or define a PublickeyAuthenticator bean"));
            server.setKeyPairProvider(
                    required(hostKeys, "what its host key is; set " + HOST_KEYS + " or define a KeyPairProvider bean"));
            shell.ifAvailable(server::setShellFactory);
            commands.ifAvailable(server::setCommandFactory);
            passwords.ifAvailable(server::setPasswordAuthenticator);
            List<SubsystemFactory> all =
                    new ArrayList<>(subsystems.orderedStream().toList());
            selfService.ifAvailable(offered -> all.addAll(PublicKeySubsystemFactory.of(offered)));
            server.setSubsystemFactories(all);
            hostCertificates.ifAvailable(shown -> X509Ssh.presentHosts(server, shown));
            if (certificates.getIfAvailable() != null) {
                validator.ifAvailable(known -> X509Ssh.acceptUsers(server, known));
            }
            customizers.orderedStream().forEach(customizer -> customizer.customize(server));
            return server;
        }

        private static <T> T required(ObjectProvider<T> beans, String missing) {
            T bean = beans.getIfAvailable();
            if (bean == null) {
                throw new SymbolonPropertyException(PORT, "starts an SSH server, and nothing says " + missing, null);
            }
            return bean;
        }

        @Bean
        @Lazy(false)
        SshServerLifecycle symbolonSshServerLifecycle(SshServer server) {
            return new SshServerLifecycle(server);
        }
    }
}
