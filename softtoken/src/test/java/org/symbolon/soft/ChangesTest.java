package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** The change feed. */
class ChangesTest {
    @TempDir
    Path folder;

    @Test
    void changes_ofAnotherModuleInThisProcess_areHeardBeforeTheCallReturns() throws Exception {
        Path database = folder.resolve("feed.db");
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = TestTokens.open(database);
                TokenModule other = TestTokens.open(folder.resolve(".").resolve("feed.db"))) {
            TestTokens.create(module);
            ChangeSubscription feed = other.token(TestTokens.LABEL).changes(heard::add);
            try (Session session = TestTokens.login(module)) {
                TokenObject key = session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("k"));
                assertThat(heard).contains(Change.of(Change.Kind.CREATED, key.id()));
                session.setAttributes(key, Template.label("l"));
                assertThat(heard).contains(Change.of(Change.Kind.MODIFIED, key.id()));
                session.destroy(key);
                assertThat(heard).contains(Change.of(Change.Kind.DESTROYED, key.id()));
                feed.close();
                heard.clear();
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("unheard"));
                assertThat(heard).isEmpty();
            }
        }
    }

    @Test
    void sign_withCachedKeyThatAnotherProcessDestroyed_isRefused() throws Exception {
        Path database = folder.resolve("shared.db");
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module);
                    ChangeSubscription feed = module.token(TestTokens.LABEL).changes(heard::add)) {
                KeyPairObject pair =
                        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("shared"));
                session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]);

                assertThat(OtherProcess.start("destroy", database.toString(), "shared")
                                .output())
                        .isEmpty();

                await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains(Change.any()));
                assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]))
                        .isInstanceOf(ObjectNotFoundException.class);
                assertThat(module.token(TestTokens.LABEL).changeDelay()).isLessThanOrEqualTo(Duration.ofMillis(100));
                assertThat(feed).isNotNull();
            }
        }
    }
}
