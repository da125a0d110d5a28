package org.symbolon.tests.bench.kmip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.KmipBatch;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.Register;

/** What clients do at a server: Get, Sign, Locate, and the listing of many users' keys. */
final class EndToEnd {
    static final int BATCH = 200;

    private static final int LOADERS = 8;
    private static final int LOADED = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String GROUP = "ssh-users";

    private final Duration warmUp;
    private final Duration measure;

    EndToEnd(Duration warmUp, Duration measure) {
        this.warmUp = warmUp;
        this.measure = measure;
    }

    /** Makes a P-256 key pair that signs. */
    static CreateKeyPair.Response pair(KmipClient client) throws TokenException {
        CreateKeyPair.Response pair = client.createKeyPair(
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.EC)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256),
                Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
        client.activate(pair.privateKeyUniqueIdentifier());
        return pair;
    }

    Load get(KmipClient client, UniqueIdentifier id, int threads) throws InterruptedException, ExecutionException {
        return Load.of(threads, 1, warmUp, measure, () -> client.get(id));
    }

    Load getBatched(KmipClient client, UniqueIdentifier id) throws InterruptedException, ExecutionException {
        List<UniqueIdentifier> ids = java.util.Collections.nCopies(10, id);
        return Load.of(1, ids.size(), warmUp, measure, () -> getAll(client, ids));
    }

    Load sign(KmipClient client, UniqueIdentifier id, int threads) throws InterruptedException, ExecutionException {
        CryptographicParameters parameters = CodecMessage.ecdsa(DigitalSignatureAlgorithm.ECDSA_WITH_SHA256);
        Bytes data = Bytes.wrap(new byte[64]);
        return Load.of(threads, 1, warmUp, measure, () -> client.sign(id, parameters, data));
    }

    Load locate(KmipClient client) throws InterruptedException, ExecutionException {
        Attributes wanted = Attributes.NONE.with(AttributeType.NAME, Name.of("user-77"));
        return Load.of(1, 1, warmUp, measure, () -> client.locate(wanted));
    }

    private static void getAll(KmipClient client, List<UniqueIdentifier> ids) throws TokenException {
        KmipBatch batch = client.batch();
        List<KmipBatch.Answer<Get.Response>> answers = new ArrayList<>();
        for (UniqueIdentifier id : ids) {
            answers.add(batch.add(new Get.Request(id, null, null, null, null)));
        }
        batch.send();
        for (KmipBatch.Answer<Get.Response> answer : answers) {
            answer.get();
        }
    }

    /** Registers so many public keys in a group. */
    static void registerUsers(KmipClient impatient, ManagedObject key, int users)
            throws InterruptedException, ExecutionException {
        KmipClient client = impatient.within(PATIENCE);
        inParallel(users, first -> () -> {
            KmipBatch batch = client.batch();
            for (int i = first; i < Math.min(users, first + LOADED); i++) {
                batch.add(new Register.Request(ObjectType.PUBLIC_KEY, user(i), key, null));
            }
            batch.send();
            return first;
        });
    }

    private static Attributes user(int index) {
        return Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY)
                .with(AttributeType.OBJECT_GROUP, GROUP)
                .with(AttributeType.NAME, Name.of(String.format(Locale.ROOT, "user-%d", index)));
    }

    /** Lists all keys of the group on one connection and returns the seconds. */
    static double listUsers(KmipClient impatient) throws TokenException {
        KmipClient client = impatient.within(PATIENCE);
        long start = System.nanoTime();
        List<UniqueIdentifier> ids = client.locate(Attributes.NONE.with(AttributeType.OBJECT_GROUP, GROUP));
        for (int first = 0; first < ids.size(); first += BATCH) {
            getAll(client, ids.subList(first, Math.min(ids.size(), first + BATCH)));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @FunctionalInterface
    private interface Parts {
        Callable<Integer> from(int first);
    }

    private static void inParallel(int count, Parts parts) throws InterruptedException, ExecutionException {
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int first = 0; first < count; first += LOADED) {
                running.add(loaders.submit(parts.from(first)));
            }
            for (Future<Integer> each : running) {
                each.get();
            }
        } finally {
            loaders.shutdown();
        }
    }
}
