package org.symbolon.ssh.mina;

import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.Text;

/** Connects for clients only where their login allows it (RFC 4254 section 7.2); then the server's own filter decides. */
final class RestrictedTcpipChannel extends TcpipServerChannel {
    private static final Logger LOG = LoggerFactory.getLogger(RestrictedTcpipChannel.class);

    private RestrictedTcpipChannel(TcpForwardingFilter.Type type, CloseableExecutorService executor) {
        super(type, executor);
    }

    /** Makes the channel in place of MINA's own. */
    static final class Factory extends TcpipFactory {
        Factory() {
            super(TcpForwardingFilter.Type.Direct);
        }

        @Override
        public Channel createChannel(Session session) {
            return new RestrictedTcpipChannel(getType(), ThreadUtils.noClose(getExecutorService()));
        }
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        int start = buffer.rpos();
        String host = buffer.getString();
        int port = buffer.getInt();
        buffer.rpos(start);
        LoginRestrictions restrictions = SessionLogin.restrictions(getSession());
        if (restrictions.allowsOpen(host, port)) {
            return super.doInit(buffer);
        }
        LOG.warn(
                "User \"{}\" may not have a connection to \"{}\" port {}",
                Text.quoted(getSession().getUsername()),
                Text.quoted(host),
                port);
        OpenFuture refused = new DefaultOpenFuture(this, this);
        refused.setException(new SshChannelOpenException(
                getChannelId(), SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "Connection denied"));
        close(true);
        return refused;
    }
}
