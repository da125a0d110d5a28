package org.symbolon.ssh.mina.publickey;

import java.io.IOException;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.SubsystemUser;

/** The subsystem on one channel, in a thread of its own. */
final class PublicKeySubsystemCommand extends AbstractCommandSupport {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeySubsystemCommand.class);

    private final PublicKeySubsystem subsystem;
    private final SubsystemUser user;

    PublicKeySubsystemCommand(PublicKeySubsystem subsystem, String name, SubsystemUser user) {
        super(name, null);
        this.subsystem = subsystem;
        this.user = user;
    }

    @Override
    public void run() {
        boolean whole = false;
        try {
            subsystem.serve(user, PublicKeySubsystem.version(getCommand()), getInputStream(), getOutputStream());
            whole = true;
        } catch (IOException e) {
            LOG.debug("The subsystem {} of {} ends: {}", getCommand(), user, e.getMessage());
        } finally {
            onExit(whole ? 0 : 1);
        }
    }
}
