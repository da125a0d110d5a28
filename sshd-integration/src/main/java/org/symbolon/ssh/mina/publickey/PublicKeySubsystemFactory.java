package org.symbolon.ssh.mina.publickey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.mina.UserLogin;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.SubsystemUser;

/**
 * The public key subsystem of a MINA server, for {@code SshServer.setSubsystemFactories}. Needs {@link
 * org.symbolon.ssh.mina.TokenSsh#configure} on the server, which enforces what keys are restricted to. Thread-safe.
 */
public final class PublicKeySubsystemFactory implements SubsystemFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeySubsystemFactory.class);

    private final PublicKeySubsystem subsystem;
    private final String name;

    private PublicKeySubsystemFactory(PublicKeySubsystem subsystem, String name) {
        this.subsystem = subsystem;
        this.name = name;
    }

    /**
     * The factories of all names by which clients ask for the subsystem.
     *
     * @param subsystem the subsystem
     * @return {@code publickey}, {@code publickey@vandyke.com} and {@code publickey@p6r.com}
     */
    public static List<SubsystemFactory> of(PublicKeySubsystem subsystem) {
        return PublicKeySubsystem.names().stream()
                .<SubsystemFactory>map(name -> new PublicKeySubsystemFactory(subsystem, name))
                .toList();
    }

    @Override
    public String getName() {
        return name;
    }

    /**
     * Makes the subsystem for a channel.
     *
     * @return the subsystem, or null if the user may not manage keys: MINA then sends CHANNEL_FAILURE
     */
    @Override
    public @Nullable Command createSubsystem(ChannelSession channel) {
        SubsystemUser user = user(channel.getServerSession());
        Optional<String> refusal = subsystem.refusal(user);
        if (refusal.isPresent()) {
            LOG.info("The subsystem {} is refused to {}: {}", name, user, refusal.get());
            return null;
        }
        return new PublicKeySubsystemCommand(subsystem, name, user);
    }

    private static SubsystemUser user(ServerSession session) {
        UserLogin login = UserLogin.of(session);
        String by = login.keys().isEmpty()
                ? "password"
                : login.keys().stream().map(key -> key.key().fingerprint()).collect(Collectors.joining(" and "));
        return new SubsystemUser(
                session.getUsername(),
                by,
                String.valueOf(session.getClientAddress()),
                login.restrictions(),
                login.isCertified());
    }
}
