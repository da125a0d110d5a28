package org.symbolon.ssh.mina;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.session.ServerSession;
import org.symbolon.ssh.LoginRestrictions;

/** Puts the places where {@link LoginRestrictions} are enforced into a server, and knows whether a server still has them. */
final class SessionRestrictions {
    private static final String SESSION = "session";
    private static final String DIRECT_TCPIP = "direct-tcpip";
    private static final String DIRECT_STREAMLOCAL = "direct-streamlocal@openssh.com";

    private SessionRestrictions() {}

    /** Replaces MINA's own channels and listens to global requests first. Channels that are not MINA's own stay. */
    static void install(SshServer server) {
        List<ChannelFactory> channels = new ArrayList<>();
        for (ChannelFactory factory : server.getChannelFactories()) {
            if (factory == ChannelSessionFactory.INSTANCE) {
                channels.add(new RestrictedSessionChannel.Factory());
            } else if (factory == DirectTcpipFactory.INSTANCE) {
                channels.add(new RestrictedTcpipChannel.Factory());
            } else {
                channels.add(factory);
            }
        }
        server.setChannelFactories(channels);
        List<RequestHandler<ConnectionService>> requests = new ArrayList<>();
        requests.add(new RestrictedListening());
        server.getGlobalRequestHandlers().stream()
                .filter(handler -> !(handler instanceof RestrictedListening))
                .forEach(requests::add);
        server.setGlobalRequestHandlers(requests);
    }

    /** Whether there is anything that a session has to keep. */
    static boolean areAny(LoginRestrictions restrictions) {
        return restrictions.command().isPresent()
                || !restrictions.denied().isEmpty()
                || restrictions.permittedOpens().isPresent()
                || restrictions.permittedListens().isPresent()
                || !restrictions.environment().isEmpty()
                || restrictions.subsystems().isPresent();
    }

    /** Whether the server of a session keeps these. */
    static boolean areEnforced(ServerSession session, LoginRestrictions restrictions) {
        return !areAny(restrictions) || isInstalled(session.getFactoryManager());
    }

    private static boolean isInstalled(FactoryManager manager) {
        List<RequestHandler<ConnectionService>> requests = manager.getGlobalRequestHandlers();
        return !requests.isEmpty()
                && requests.get(0) instanceof RestrictedListening
                && manager.getChannelFactories().stream().allMatch(SessionRestrictions::keepsThem);
    }

    /** Channels of an operator's own names are the operator's to restrict. */
    private static boolean keepsThem(ChannelFactory factory) {
        return switch (factory.getName()) {
            case SESSION -> factory instanceof RestrictedSessionChannel.Factory;
            case DIRECT_TCPIP -> factory instanceof RestrictedTcpipChannel.Factory;
            case DIRECT_STREAMLOCAL -> false;
            default -> true;
        };
    }
}
