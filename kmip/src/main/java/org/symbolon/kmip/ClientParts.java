package org.symbolon.kmip;

import java.util.List;
import java.util.Optional;
import org.symbolon.Pin;
import org.symbolon.kmip.object.Credential;
import org.symbolon.transport.CallWatch;

/**
 * What the views of one client share, and what ends with it.
 *
 * @param failover sends its messages
 * @param group has calls of several threads travel together, if they are to
 * @param watch ends its waits
 * @param credentials whose secrets are wiped
 * @param passwords what opens its files
 */
record ClientParts(
        Failover failover,
        Optional<GroupCommit> group,
        CallWatch watch,
        List<Credential> credentials,
        List<Pin> passwords)
        implements AutoCloseable {
    @Override
    public void close() {
        failover.close();
        group.ifPresent(GroupCommit::close);
        watch.close();
        credentials.forEach(CredentialSecrets::wipe);
        passwords.forEach(Pin::close);
    }
}
