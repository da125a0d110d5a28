package org.symbolon.ssh.publickey;

import java.io.IOException;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.SshPublicKey;

/** How much a user has, against what the policy allows. */
final class Quota {
    private final SelfServiceStore store;
    private final SelfServicePolicy policy;
    private final String user;

    Quota(SelfServiceStore store, SelfServicePolicy policy, String user) {
        this.store = store;
        this.policy = policy;
        this.user = user;
    }

    /** Refuses a key that is too much. What it replaces does not count. */
    void requireRoomForKey(String namespace, SshPublicKey added, long addedBytes)
            throws TokenException, PublicKeySubsystemException {
        Sum sum = new Sum(addedBytes);
        for (String each : store.namespaces()) {
            store.keys(each).<RuntimeException>visit(user, key -> {
                if (!key.isCertificateAuthority()
                        && !(each.equals(namespace) && key.key().equals(added))) {
                    sum.add(bytes(key));
                }
            });
        }
        require(sum.count, policy.maxKeys(), sum.bytes, "keys");
    }

    /** Refuses a certificate that is too much. */
    void requireRoomForCertificate(long addedBytes) throws TokenException, IOException {
        Sum sum = new Sum(addedBytes);
        for (String each : store.namespaces()) {
            store.visit(user, each, der -> sum.add(der.length));
        }
        require(sum.count, policy.maxCertificates(), sum.bytes, "certificates");
    }

    static long bytes(SshPublicKey key, String said) {
        return key.blob().length + (long) said.length();
    }

    private static long bytes(AuthorizedKey key) {
        return bytes(key.key(), key.options().selfService().orElse(""));
    }

    private void require(int count, int maxCount, long bytes, String what) throws PublicKeySubsystemException {
        if (count > maxCount) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.STORAGE_EXCEEDED,
                    "you may have " + maxCount + " " + what + "; remove one that you do not need");
        }
        if (bytes > policy.maxBytes()) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.STORAGE_EXCEEDED,
                    "your " + what + " would take " + bytes + " bytes, of " + policy.maxBytes()
                            + " that they may take");
        }
    }

    private static final class Sum {
        private int count = 1;
        private long bytes;

        Sum(long bytes) {
            this.bytes = bytes;
        }

        void add(long more) {
            count++;
            bytes += more;
        }
    }
}
