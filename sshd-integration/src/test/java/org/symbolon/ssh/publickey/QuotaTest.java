package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;

/** What users may have. */
class QuotaTest {
    private static final int MOST = 5;

    private static SshPublicKey newKey() throws Exception {
        return SshPublicKey.parseSubjectPublicKeyInfo(
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    }

    @Test
    void requireRoomForKey_moreThanAreListed_countsAll() throws Exception {
        Session session = new TestToken().open();
        TokenAuthorizedKeys keys =
                TokenAuthorizedKeys.builder(session).maxKeysPerUser(2).build();
        Quota quota = new Quota(
                TokenSelfServiceStore.of(session, keys),
                SelfServicePolicy.builder().maxKeys(MOST).build(),
                "alice");
        SshPublicKey first = newKey();
        keys.add("alice", first);
        for (int i = 1; i < MOST; i++) {
            assertThatCode(() -> quota.requireRoomForKey("ssh", newKey(), 1)).doesNotThrowAnyException();
            keys.add("alice", newKey());
        }

        assertThatThrownBy(() -> quota.requireRoomForKey("ssh", newKey(), 1))
                .isInstanceOf(PublicKeySubsystemException.class)
                .hasMessageContaining("you may have 5 keys");
        assertThatCode(() -> quota.requireRoomForKey("ssh", first, 1))
                .as("it replaces one")
                .doesNotThrowAnyException();
    }
}
