package org.symbolon.ssh.mina;

import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.Text;

/** Refuses to listen for clients whose login does not allow it (RFC 4254 section 7.1); all else is for the next handler. */
final class RestrictedListening implements RequestHandler<ConnectionService> {
    private static final Logger LOG = LoggerFactory.getLogger(RestrictedListening.class);

    @Override
    public Result process(ConnectionService service, String request, boolean wantReply, Buffer buffer) {
        boolean allowed = switch (request) {
            case "tcpip-forward" -> mayListen(SessionLogin.restrictions(service.getSession()), buffer);
            case "streamlocal-forward@openssh.com" ->
                SessionLogin.restrictions(service.getSession()).allows(LoginRight.PORT_FORWARDING);
            default -> true;
        };
        if (!allowed) {
            LOG.warn(
                    "User \"{}\" may not have this request: {}",
                    Text.quoted(service.getSession().getUsername()),
                    request);
        }
        return allowed ? Result.Unsupported : Result.ReplyFailure;
    }

    private static boolean mayListen(LoginRestrictions restrictions, Buffer buffer) {
        int start = buffer.rpos();
        boolean allowed = restrictions.allowsListen(buffer.getString(), buffer.getInt());
        buffer.rpos(start);
        return allowed;
    }
}
