package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.FoundObject;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipFinder;
import org.symbolon.kmip.KmipSigner;
import org.symbolon.kmip.SigningKey;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;

/** Calls of several threads, signatures and searches with PyKMIP's server. */
class PykmipJoinedCallsTest {
    private static final int THREADS = 8;
    private static final int KEYS = 24;
    private static final String GROUP = "joined";

    @TempDir
    private static Path folder;

    private static PykmipServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PykmipServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void reads_ofManyThreads_areEachTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (KmipClient client = server.client().open()) {
            List<UniqueIdentifier> keys = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                keys.add(client.create(
                        ObjectType.SYMMETRIC_KEY,
                        Attributes.NONE
                                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                                .with(AttributeType.NAME, Name.of("joined-" + i))
                                .with(AttributeType.OBJECT_GROUP, GROUP)));
            }
            List<Future<Optional<Name>>> names = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                for (UniqueIdentifier key : keys) {
                    names.add(threads.submit(
                            () -> client.getAttributes(key, AttributeType.NAME).get(AttributeType.NAME)));
                }
            }
            for (int i = 0; i < names.size(); i++) {
                assertThat(names.get(i).get()).contains(Name.of("joined-" + i % KEYS));
            }

            List<FoundObject> found = new KmipFinder(client)
                    .pagesOf(10)
                    .find(
                            Attributes.NONE
                                    .with(AttributeType.OBJECT_GROUP, GROUP)
                                    .with(AttributeType.OBJECT_TYPE, ObjectType.SYMMETRIC_KEY),
                            AttributeType.NAME);
            assertThat(found).extracting(FoundObject::id).containsExactlyInAnyOrderElementsOf(keys);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void signatures_withRsa_areMadeInTheDialectOfPykmip() throws Exception {
        try (KmipClient client = server.client().open()) {
            CreateKeyPair.Response pair = client.createKeyPair(
                    Attributes.NONE
                            .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.RSA)
                            .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 2048),
                    Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                    Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
            UniqueIdentifier id = pair.privateKeyUniqueIdentifier();
            SigningKey key = new SigningKey(id, KeyType.RSA, 0, false, Optional.empty());
            Bytes message = Bytes.of("signed by PyKMIP".getBytes(StandardCharsets.UTF_8));
            KmipSigner signer = new KmipSigner(client);

            assertThatThrownBy(() -> signer.sign(key, Mechanism.SHA256_RSA_PKCS, message))
                    .isInstanceOf(TokenPermissionException.class)
                    .hasMessageContaining("Active");
            client.activate(id);

            assertThat(signer.sign(key, Mechanism.SHA256_RSA_PKCS, message).length())
                    .isEqualTo(256);
            assertThatThrownBy(() -> signer.sign(key, Mechanism.SHA512_RSA_PKCS_PSS, message))
                    .as("it reads no length of a salt, and takes the longest")
                    .isInstanceOf(TokenProtocolException.class);
        }
    }
}
