package org.symbolon.ssh.mina.publickey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.sshd.server.command.AbstractCommandSupport;

/** Says who ran what. */
final class GreetingCommand extends AbstractCommandSupport {
    GreetingCommand(String command) {
        super(command, null);
    }

    @Override
    public void run() {
        try {
            getOutputStream().write((getServerSession().getUsername() + ": " + getCommand()).getBytes(UTF_8));
            getOutputStream().flush();
            onExit(0);
        } catch (IOException e) {
            onExit(1, "the client is gone");
        }
    }
}
