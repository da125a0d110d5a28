package org.symbolon.ssh.mina;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.Text;

/** A session channel (RFC 4254 section 6) that gives a client only what its login allows, and runs the command it forces. */
final class RestrictedSessionChannel extends ChannelSession {
    /** What the client had asked for, for the command that runs in its place (sshd(8)). */
    static final String ORIGINAL_COMMAND = "SSH_ORIGINAL_COMMAND";

    /** The forced command that means the subsystem {@code sftp} (sshd_config(5), ForceCommand). */
    private static final String INTERNAL_SFTP = "internal-sftp";

    /** The only variables for a forced command: LD_PRELOAD, BASH_ENV or BASH_FUNC_ls%% would make it another one. */
    private static final Pattern LOCALE = Pattern.compile("LANG|LC_[A-Z]{1,32}");

    private static final Logger LOG = LoggerFactory.getLogger(RestrictedSessionChannel.class);

    /** Makes the channel in place of MINA's own. */
    static final class Factory extends ChannelSessionFactory {
        @Override
        public Channel createChannel(Session session) {
            return new RestrictedSessionChannel();
        }
    }

    @Override
    protected Result handleEnvParsed(String name, String value) throws IOException {
        LoginRestrictions login = restrictions();
        boolean allowed = login.allows(LoginRight.ENVIRONMENT_REQUESTS)
                && !name.equals(ORIGINAL_COMMAND)
                && (login.command().isEmpty() || LOCALE.matcher(name).matches());
        return allowed ? super.handleEnvParsed(name, value) : refuse("env");
    }

    @Override
    protected Result handlePtyReq(Buffer buffer, boolean wantReply) throws IOException {
        return restrictions().allows(LoginRight.PTY) ? super.handlePtyReq(buffer, wantReply) : refuse("pty-req");
    }

    @Override
    protected Result handleAgentForwarding(String request, Buffer buffer, boolean wantReply) throws IOException {
        return restrictions().allows(LoginRight.AGENT_FORWARDING)
                ? super.handleAgentForwarding(request, buffer, wantReply)
                : refuse(request);
    }

    @Override
    protected Result handleX11Forwarding(String request, Buffer buffer, boolean wantReply) throws IOException {
        return restrictions().allows(LoginRight.X11_FORWARDING)
                ? super.handleX11Forwarding(request, buffer, wantReply)
                : refuse(request);
    }

    @Override
    protected Result handleShellParsed(String request) throws IOException {
        LoginRestrictions login = restrictions();
        if (!login.allows(LoginRight.SHELL)) {
            return refuse(request);
        }
        return login.command().isPresent() ? runForced(login.command().get(), "") : super.handleShellParsed(request);
    }

    @Override
    protected Result handleExecParsed(String request, String line) throws IOException {
        LoginRestrictions login = restrictions();
        if (!login.allows(LoginRight.EXEC)) {
            return refuse(request);
        }
        return login.command().isPresent()
                ? runForced(login.command().get(), line)
                : super.handleExecParsed(request, line);
    }

    @Override
    protected Result handleSubsystemParsed(String request, String name) throws IOException {
        LoginRestrictions login = restrictions();
        if (!login.allowsSubsystem(name)) {
            return refuse(request);
        }
        return login.command().isPresent()
                ? runForced(login.command().get(), name)
                : super.handleSubsystemParsed(request, name);
    }

    /** The key's variables win over the client's; the user's name is the session's. */
    @Override
    protected Command prepareCommand(String request, Command command) throws IOException {
        for (Map.Entry<String, String> variable : restrictions().environment().entrySet()) {
            addEnvVariable(variable.getKey(), variable.getValue());
        }
        return super.prepareCommand(request, command);
    }

    /** Runs the forced command under the request's own name, or nothing where it is empty (RFC 4819 section 4.1). */
    private Result runForced(String command, String original) throws IOException {
        if (command.isEmpty()) {
            return refuse("command");
        }
        if (!original.isEmpty()) {
            addEnvVariable(ORIGINAL_COMMAND, original);
        }
        return command.equals(INTERNAL_SFTP)
                ? super.handleSubsystemParsed(Channel.CHANNEL_SUBSYSTEM, "sftp")
                : super.handleExecParsed(Channel.CHANNEL_EXEC, command);
    }

    private LoginRestrictions restrictions() {
        return SessionLogin.restrictions(getSession());
    }

    private Result refuse(String request) {
        LOG.warn(
                "User \"{}\" may not have this request: {}",
                Text.quoted(getSession().getUsername()),
                request);
        return Result.ReplyFailure;
    }
}
