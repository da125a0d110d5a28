package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.TokenAuthorizedKeys.Lookup;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.ssh.OpenSsh;

/** SSH users' keys in a PKCS #11 token that nobody here wrote, which names its objects by class, id and label alone. */
@Timeout(180)
class SoftHsmUsersTest {
    private static final AuthorizedKeyOptions RESTRICTED = AuthorizedKeyOptions.of(
            LoginRestrictions.builder().deny(LoginRight.PTY).build());
    private static final AuthorizedKeyOptions CA =
            new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, true, List.of());

    @TempDir
    private Path folder;

    @Test
    void keys_ofEveryKind_areKeptAndFoundByIdAndByThemselves() throws Exception {
        OpenSsh openSsh = new OpenSsh(folder);
        SshPublicKey rsa = openSsh.newKey("rsa", "rsa", 2048);
        SshPublicKey ecdsa = openSsh.newKey("ecdsa", "ecdsa", 384);
        SshPublicKey ed25519 = openSsh.newKey("ed25519", "ed25519", 256);
        try (SoftHsm softHsm = new SoftHsm();
                TokenModule module = TokenModule.open(softHsm.execUri(), ModuleOptions.ofDefaults());
                Session session = SoftTokens.newSession(module, "Users")) {
            for (Lookup lookup : List.of(Lookup.BY_ID, Lookup.BY_KEY, Lookup.BY_LABEL)) {
                TokenAuthorizedKeys users =
                        TokenAuthorizedKeys.builder(session).lookup(lookup).build();
                users.add("alice", rsa);
                users.add("alice", ecdsa);
                users.add("alice", ed25519, RESTRICTED, "restricted");
                users.add("bob", rsa, CA, "");

                assertThat(users.find("alice", rsa)).isPresent();
                assertThat(users.find("alice", ecdsa)).isPresent();
                assertThat(users.find("alice", ed25519))
                        .get()
                        .extracting(AuthorizedKey::options)
                        .isEqualTo(RESTRICTED);
                assertThat(users.find("bob", rsa)).isEmpty();
                assertThat(users.findAuthority("bob", rsa)).isPresent();

                users.add("alice", ed25519, AuthorizedKeyOptions.NONE, "now plain");
                users.add("alice", rsa, RESTRICTED, "");
                assertThat(users.list("alice")).hasSize(3);
                assertThat(users.find("alice", ed25519))
                        .get()
                        .extracting(AuthorizedKey::comment)
                        .isEqualTo("now plain");
                for (SshPublicKey key : List.of(rsa, ecdsa, ed25519)) {
                    assertThat(users.remove("alice", key)).isTrue();
                    assertThat(users.find("alice", key)).isEmpty();
                }
                assertThat(users.remove("bob", rsa)).isTrue();
                assertThat(session.findAll(ObjectQuery.all())).isEmpty();
            }
        }
    }
}
