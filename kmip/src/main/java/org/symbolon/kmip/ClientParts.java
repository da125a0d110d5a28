package org.symbolon.kmip;

import java.util.List;
import java.util.Optional;
import org.symbolon.Pin;
import org.symbolon.transport.CallWatch;

/**
 * What the views of one client share, and what ends with it.
 *
 * @param failover sends its messages
 * @param group has calls of several threads travel together, if they are to
 * @param watch ends its waits
 * @param credentials what its messages show
 * @param passwords what opens its files
 */
record ClientParts(
        Failover failover,
        Optional<GroupCommit> group,
        CallWatch watch,
        ShownCredentials credentials,
        List<Pin> passwords)
        implements AutoCloseable {
    @Override
    public void close() {
        failover.close();
        group.ifPresent(GroupCommit::close);
        watch.close();
        credentials.close();
        passwords.forEach(Pin::close);
    }
}
