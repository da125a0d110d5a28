package org.symbolon.ssh.mina;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.symbolon.ssh.AuthorizedKey;

/** Says who ran what. */
public final class EchoCommand extends AbstractCommandSupport {
    public EchoCommand(String command) {
        super(command, null);
    }

    @Override
    public void run() {
        try {
            AuthorizedKey key = getServerSession().getAttribute(TokenPublickeyAuthenticator.AUTHORIZED_KEY);
            String user = getServerSession().getUsername();
            String what = key == null ? "certificate" : key.key().type().toString();
            getOutputStream().write((user + " " + what + " " + getCommand()).getBytes(UTF_8));
            getOutputStream().flush();
            onExit(0);
        } catch (IOException e) {
            onExit(1, "the client is gone");
        }
    }
}
