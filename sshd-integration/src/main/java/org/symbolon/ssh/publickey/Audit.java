package org.symbolon.ssh.publickey;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Text;

/** One line for each change, in a log of its own. */
record Audit(SubsystemUser user) {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeySubsystem.AUDIT_LOG);

    void key(String done, SshPublicKey key, String namespace, List<KeyAttribute> attributes) {
        LOG.info(
                "{} key {} in namespace \"{}\" by {}{}",
                done,
                key,
                Text.quoted(namespace),
                user,
                attributes.stream().map(Audit::text).collect(Collectors.joining()));
    }

    void certificate(String done, String fingerprint, String namespace) {
        LOG.info("{} certificate {} in namespace \"{}\" by {}", done, fingerprint, Text.quoted(namespace), user);
    }

    private static String text(KeyAttribute attribute) {
        return " " + attribute.name() + "=\"" + Text.quoted(attribute.value()) + "\"";
    }
}
