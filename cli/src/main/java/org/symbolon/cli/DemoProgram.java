package org.symbolon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;

/** All that the demonstration's server runs: it says who logged in, and with which key. */
final class DemoProgram implements Command {
    private final String command;
    private @Nullable OutputStream out;
    private @Nullable ExitCallback exit;

    DemoProgram(String command) {
        this.command = command;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        String user = channel.getSession().getUsername();
        AuthorizedKey key = channel.getSession().getAttribute(TokenPublickeyAuthenticator.AUTHORIZED_KEY);
        String answer = command.equals("whoami")
                ? user
                : "You are " + user + ", logged in with " + (key == null ? "an unknown key" : key.key())
                        + ", which the token knows. This server runs nothing but whoami.";
        if (out != null && exit != null) {
            out.write((answer + (command.isEmpty() ? "\r\n" : "\n")).getBytes(StandardCharsets.UTF_8));
            out.flush();
            exit.onExit(0);
        }
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    /** It reads nothing. */
    @Override
    public void setInputStream(InputStream stream) {}

    /** It has nothing to complain about. */
    @Override
    public void setErrorStream(OutputStream stream) {}

    /** It has ended when it was started. */
    @Override
    public void destroy(ChannelSession channel) {}
}
