package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** Many threads and processes write one token. */
class ConcurrencyTest {
    private static final int EACH = 30;

    @TempDir
    Path folder;

    @Test
    void create_byThreadsAndProcesses_keepsEveryObject() throws Exception {
        Path database = folder.resolve("crowd.db");
        try (TokenModule module = TestTokens.open(database)) {
            TestTokens.create(module);
            List<OtherProcess> processes = List.of(
                    OtherProcess.start("create", database.toString(), "p1", "" + EACH),
                    OtherProcess.start("create", database.toString(), "p2", "" + EACH));
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String label = "t" + i;
                futures.add(threads.submit(() -> OtherProcess.create(module, label, EACH)));
            }
            for (Future<Integer> future : futures) {
                assertThat(future.get()).isEqualTo(EACH);
            }
            for (OtherProcess process : processes) {
                assertThat(process.output()).isEmpty();
            }
            threads.shutdown();

            try (Session session = TestTokens.login(module)) {
                for (String label : List.of("p1", "p2", "t0", "t1", "t2")) {
                    assertThat(session.findAll(ObjectQuery.secretKeys().label(label)))
                            .as(label)
                            .hasSize(EACH)
                            .allMatch(TokenObject::verified);
                }
                assertThat(session.findAll(ObjectQuery.all())).hasSize(5 * EACH);
            }
        }
    }

    @Test
    void sign_whileTheKeyIsDropped_worksOrIsNotFound() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                KeyPairObject pair =
                        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("busy"));
                ExecutorService threads = Executors.newFixedThreadPool(3);
                List<Future<Integer>> signers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    signers.add(threads.submit(() -> {
                        int signed = 0;
                        for (int j = 0; j < 300; j++) {
                            signed += session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[j]).length;
                        }
                        return signed;
                    }));
                }
                for (int i = 0; i < 50; i++) {
                    session.setAttributes(pair.privateKey(), Template.label("busy" + i));
                }
                for (Future<Integer> signer : signers) {
                    assertThat(signer.get()).isEqualTo(300 * 64);
                }
                threads.shutdown();
            }
        }
    }

    @Test
    void findAll_whileSessionKeysAreDestroyed_seesThemOrNot() throws Exception {
        try (TokenModule module = TestTokens.builder().memory().open()) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                Template passing =
                        Template.label("passing").with(Attribute.TOKEN, false).with(Attribute.EXTRACTABLE, true);
                ExecutorService threads = Executors.newFixedThreadPool(2);
                AtomicBoolean over = new AtomicBoolean();
                List<Future<Integer>> finders = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    finders.add(threads.submit(() -> {
                        int asked = 0;
                        while (!over.get()) {
                            for (TokenObject found : session.findAll(ObjectQuery.secretKeys())) {
                                valueLength(session, found);
                            }
                            asked++;
                        }
                        return asked;
                    }));
                }
                try {
                    for (int i = 0; i < 2000; i++) {
                        session.destroy(session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), passing));
                    }
                } finally {
                    over.set(true);
                }
                for (Future<Integer> finder : finders) {
                    assertThat(finder.get()).isPositive();
                }
                threads.shutdown();
            }
        }
    }

    /** Reads a key that may be gone meanwhile. */
    private static void valueLength(Session session, TokenObject key) throws TokenException {
        try {
            Attributes read = session.getAttributes(key, Set.of(Attribute.VALUE_LEN, Attribute.SENSITIVE));
            assertThat(read.get(Attribute.VALUE_LEN)).isEqualTo(32);
        } catch (ObjectNotFoundException e) {
            assertThat(e).hasMessageContaining("no such object");
        }
    }
}
