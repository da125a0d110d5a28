package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;

/** Engines that wait for their next use are never used twice at once. */
class ManyThreadsTest extends TokenWithKeys {
    private static final int THREADS = 8;
    private static final int TIMES = 300;

    @Test
    void useOfOneKey_byManyThreads_isRightEachTime() throws Exception {
        SecretKeyObject aes = secret(KeyType.AES, new byte[32], Template.empty());
        SecretKeyObject mac = secret(KeyType.GENERIC_SECRET, new byte[32], Template.empty());
        KeyPairObject ec = session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.empty());
        byte[] expected = session.sign(mac, Mechanism.SHA256_HMAC, MESSAGE);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                work.add(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        Bytes nonce = Bytes.wrap(
                                ByteBuffer.allocate(12).putInt(number).putInt(i).array());
                        Mechanism gcm = Mechanism.AES_GCM.iv(nonce);
                        byte[] ciphertext = session.encrypt(aes, gcm, MESSAGE);
                        assertThat(session.decrypt(aes, gcm, ciphertext)).isEqualTo(MESSAGE);
                        assertThat(session.sign(mac, Mechanism.SHA256_HMAC, MESSAGE))
                                .isEqualTo(expected);
                        byte[] signature = session.sign(ec.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);
                        assertThat(session.verify(ec.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                                .isTrue();
                    }
                    return TIMES;
                });
            }
            int done = 0;
            for (Future<Integer> result : threads.invokeAll(work)) {
                done += result.get();
            }
            assertThat(done).isEqualTo(THREADS * TIMES);
        } finally {
            threads.shutdownNow();
        }
    }
}
