package org.symbolon.soft.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;

/**
 * A comparison of engines with one kind of private or secret key: they take turns of a few milliseconds, of which the first
 * only warm up, and the best of the others counts. An engine of the table's order is passed over only for one that is
 * clearly faster. After each turn there is a rest many times as long, so that those who work meanwhile hardly miss what it
 * takes.
 *
 * @param keyAlgorithm RSA, EC, Ed25519 or AES
 * @param size the length in bits, or the curve's name in the JCA
 * @param choice which engines take part
 */
record EngineTrial(String keyAlgorithm, String size, EngineChoice choice) {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTrial.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String GCM = "AES/GCM/NoPadding";
    private static final int GCM_BYTES = 4096;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int WARM_UP_TURNS = 5;
    private static final int TURNS = 8;
    private static final long TURN_NANOS = 25_000_000;
    private static final int REST_TURNS = 15;
    private static final double CLEARLY = 1.15;

    /** What is timed. */
    @FunctionalInterface
    private interface Work {
        void run() throws GeneralSecurityException;
    }

    /** Returns the trial that a key is a case of, or empty if one engine alone comes into question. */
    static Optional<EngineTrial> of(LoadedKey key) {
        Attributes attributes = key.attributes();
        if (attributes.get(Attribute.CLASS).equals(ObjectClass.PUBLIC_KEY)) {
            return Optional.empty();
        }
        KeyType type = attributes.get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.RSA)) {
            int bits = KeyEncoding.integer(attributes, Attribute.MODULUS).bitLength();
            return Optional.of(new EngineTrial("RSA", Integer.toString(bits), key.choice()));
        } else if ((type.equals(KeyType.EC) || type.equals(KeyType.EC_EDWARDS)) && !Engines.isEverywhere(key.curve())) {
            return Optional.empty();
        } else if (type.equals(KeyType.EC)) {
            return Optional.of(new EngineTrial("EC", key.curve().jcaName(), key.choice()));
        } else if (type.equals(KeyType.EC_EDWARDS)) {
            return Optional.of(
                    new EngineTrial(key.curve().jcaName(), key.curve().jcaName(), key.choice()));
        } else if (type.equals(KeyType.AES)) {
            int bits = 8 * attributes.get(Attribute.VALUE).length();
            return Optional.of(new EngineTrial("AES", Integer.toString(bits), key.choice()));
        }
        return Optional.empty();
    }

    /** Returns the engines, in the order of the table. */
    List<Provider> candidates() {
        return switch (keyAlgorithm) {
            case "RSA" -> Engines.NATIVE_JDK_BC.all(choice, "Signature", algorithm());
            case "AES" -> Engines.NATIVE_JDK_BC.all(choice, "Cipher", GCM);
            default -> Engines.NATIVE_BC_JDK.all(choice, "Signature", algorithm());
        };
    }

    private String algorithm() {
        return switch (keyAlgorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> keyAlgorithm;
        };
    }

    /** Returns the fastest engine. Takes some ten seconds, nearly all of them at rest. */
    Optional<Provider> fastest() {
        Map<Provider, Work> works = works();
        Map<Provider, Double> best = new LinkedHashMap<>();
        for (int turn = 1; turn <= TURNS; turn++) {
            for (Map.Entry<Provider, Work> engine : works.entrySet()) {
                double perSecond = time(engine.getValue());
                if (turn > WARM_UP_TURNS) {
                    best.merge(engine.getKey(), perSecond, Math::max);
                }
                LockSupport.parkNanos(REST_TURNS * TURN_NANOS);
            }
        }
        LOG.debug("{}: operations per second {}", this, best);
        return best.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .reduce((first, next) -> next.getValue() > CLEARLY * first.getValue() ? next : first)
                .map(Map.Entry::getKey);
    }

    private Map<Provider, Work> works() {
        Map<Provider, Work> works = new LinkedHashMap<>();
        try {
            byte[] pkcs8 = keyAlgorithm.equals("AES")
                    ? new byte[0]
                    : keyPair().getPrivate().getEncoded();
            for (Provider provider : candidates()) {
                works.put(provider, keyAlgorithm.equals("AES") ? encrypting(provider) : signing(provider, pkcs8));
            }
        } catch (GeneralSecurityException e) {
            LOG.debug("{} is not measured: {}", this, e.toString());
            works.clear();
        }
        return works;
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        Provider maker = (keyAlgorithm.equals("RSA") ? Engines.NATIVE_JDK_BC : Engines.NATIVE_BC_JDK)
                .get(choice, "KeyPairGenerator", keyAlgorithm);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm, maker);
        if (keyAlgorithm.equals("RSA")) {
            generator.initialize(Integer.parseInt(size));
        } else if (keyAlgorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(size));
        }
        return generator.generateKeyPair();
    }

    private Work signing(Provider provider, byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(keyAlgorithm, Engines.keyFactory(provider, keyAlgorithm))
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        Signature signature = Signature.getInstance(algorithm(), provider);
        signature.initSign(key);
        return () -> {
            signature.update((byte) 0);
            signature.sign();
        };
    }

    private Work encrypting(Provider provider) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(GCM, provider);
        SecretKeySpec key = new SecretKeySpec(new byte[Integer.parseInt(size) / Byte.SIZE], "AES");
        byte[] message = new byte[GCM_BYTES];
        long[] count = {0};
        return () -> {
            count[0]++;
            byte[] iv = ByteBuffer.allocate(IV_BYTES).putLong(count[0]).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
            cipher.doFinal(message);
        };
    }

    /** Returns how often something can be done in a second of this thread's; 0 if it fails. */
    private double time(Work work) {
        long start = now();
        long elapsed = 0;
        long count = 0;
        try {
            while (elapsed < TURN_NANOS) {
                work.run();
                count++;
                elapsed = now() - start;
            }
        } catch (GeneralSecurityException | ProviderException e) {
            LOG.debug("{} is not measured: {}", this, e.toString());
            return 0;
        }
        return 1e9 * count / elapsed;
    }

    /** CPU time where the JVM tells it: what other threads and programs do must not decide. */
    private static long now() {
        boolean told = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
        return told ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    @Override
    public String toString() {
        return keyAlgorithm + " " + size + ", engine " + choice;
    }
}
