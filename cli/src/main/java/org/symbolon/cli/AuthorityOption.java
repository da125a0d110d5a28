package org.symbolon.cli;

import java.security.InvalidKeyException;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import picocli.CommandLine.Option;

/** Which key of the token an authority signs with. */
final class AuthorityOption {
    @Option(
            names = "--ca",
            paramLabel = "LABEL",
            defaultValue = "ssh-ca",
            description = "The label of the authority's key (default: ${DEFAULT-VALUE}).")
    private String label = "ssh-ca";

    String label() {
        return label;
    }

    SshCertificateAuthority authority(Session session) throws TokenException, CommandFailure {
        try {
            return SshCertificateAuthority.labelled(session, label);
        } catch (InvalidKeyException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
