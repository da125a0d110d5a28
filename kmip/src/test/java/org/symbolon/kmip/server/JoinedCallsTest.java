package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipSigner;
import org.symbolon.kmip.SigningKey;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Calls of eight threads to our server, which travel together: each is answered by its own, whatever goes wrong on the way. */
class JoinedCallsTest {
    private static final int THREADS = 8;
    private static final int CALLS = 40;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private MachineRig rig;
    private KmipFaults server;
    private KmipClient client;
    private CreateKeyPair.Response pair;
    private SigningKey key;

    @BeforeEach
    void start() throws Exception {
        rig = new MachineRig();
        server = KmipFaults.start(request -> (Ttlv.Structure) TtlvDecoder.decode(
                rig.machine().respond(TtlvEncoder.encode(request), MachineRig.ALICE), TtlvLimits.DEFAULT));
        client = server.client().version(KmipVersion.V2_1).open();
        pair = client.createKeyPair(
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.ECDSA)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256),
                Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
        client.activate(pair.privateKeyUniqueIdentifier());
        client.activate(pair.publicKeyUniqueIdentifier());
        key = new SigningKey(pair.privateKeyUniqueIdentifier(), KeyType.EC, 32, false, Optional.empty());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        client.close();
        server.close();
        rig.close();
    }

    static Stream<KmipFault> faultsThatNobodyNotices() {
        return Stream.of(
                KmipFault.none(),
                KmipFault.noContinue(),
                KmipFault.noBatches(),
                KmipFault.otherOrder(),
                KmipFault.newerFields());
    }

    @ParameterizedTest
    @MethodSource("faultsThatNobodyNotices")
    void signaturesAndReads_ofManyThreads_areEachTheirOwn(KmipFault fault) throws Exception {
        server.always(fault);
        KmipSigner signer = new KmipSigner(client);
        List<Future<Integer>> done = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            done.add(threads.submit(() -> signAndRead(signer, thread)));
        }
        for (Future<Integer> each : done) {
            assertThat(each.get()).isEqualTo(CALLS);
        }
        assertThat(server.requests())
                .anySatisfy(request ->
                        assertThat(request.fields(Tag.named("BatchItem"))).hasSizeGreaterThan(1));
    }

    private int signAndRead(KmipSigner signer, int thread) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            byte[] message = (thread + "/" + i).getBytes(StandardCharsets.UTF_8);
            Bytes signature = signer.sign(key, Mechanism.ECDSA_SHA256, Bytes.of(message));
            assertThat(client.verify(
                            pair.publicKeyUniqueIdentifier(),
                            CryptographicParameters.builder()
                                    .hashingAlgorithm(HashingAlgorithm.SHA_256)
                                    .cryptographicAlgorithm(CryptographicAlgorithm.ECDSA)
                                    .build(),
                            Bytes.of(message),
                            signature))
                    .isTrue();
            UniqueIdentifier id = i % 2 == 0 ? pair.privateKeyUniqueIdentifier() : pair.publicKeyUniqueIdentifier();
            assertThat(client.getAttributes(id, AttributeType.CRYPTOGRAPHIC_USAGE_MASK)
                            .get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK))
                    .contains(i % 2 == 0 ? CryptographicUsageMask.SIGN : CryptographicUsageMask.VERIFY);
        }
        return CALLS;
    }
}
