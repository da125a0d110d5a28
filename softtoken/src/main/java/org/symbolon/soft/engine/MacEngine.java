package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;

/** HMAC and CMAC, whole or, as the GENERAL mechanisms have it, cut. */
final class MacEngine implements MechanismEngine {
    private final String algorithm;
    private final Provider provider;
    private final boolean general;
    private final MechanismInfo info;

    MacEngine(String algorithm, Provider provider, boolean general, int minKeyBytes, int maxKeyBytes) {
        this.algorithm = algorithm;
        this.provider = provider;
        this.general = general;
        this.info =
                new MechanismInfo(minKeyBytes, maxKeyBytes, Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY));
    }

    @Override
    public MechanismInfo info() {
        return info;
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        ReadyEngine waiting = key.takeIdle(algorithm);
        ReadyEngine engine = waiting != null ? waiting : engine(key);
        return new MacOperation(engine, macBytes(mechanism, engine.as(Mac.class).getMacLength()), key, end);
    }

    private ReadyEngine engine(LoadedKey key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm, provider);
        Key translated = new SecretKeySpec(key.attributes().get(Attribute.VALUE).sharedArray(), algorithm);
        mac.init(translated);
        return new ReadyEngine(mac, provider, translated);
    }

    private int macBytes(Mechanism mechanism, int wholeBytes) throws TokenException {
        if (!general) {
            Failures.requireNoParameters(mechanism);
            return wholeBytes;
        }
        if (mechanism.parameters() instanceof MechanismParameters.MacLength length && length.bytes() <= wholeBytes) {
            return length.bytes();
        }
        throw Failures.parameter(mechanism + " wants the length of the MAC, 1 to " + wholeBytes + " bytes");
    }

    private final class MacOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final ReadyEngine engine;
        private final Mac mac;
        private final int macBytes;
        private final LoadedKey key;

        MacOperation(ReadyEngine engine, int macBytes, LoadedKey key, Runnable end) {
            super(end);
            this.engine = engine;
            this.mac = engine.as(Mac.class);
            this.macBytes = macBytes;
            this.key = key;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
            return NOTHING;
        }

        @Override
        byte[] result() {
            byte[] whole = mac.doFinal();
            return whole.length == macBytes ? whole : Arrays.copyOf(whole, macBytes);
        }

        @Override
        boolean check(byte[] signature) {
            return MessageDigest.isEqual(result(), signature);
        }

        @Override
        void over(boolean reusable) {
            if (reusable) {
                key.giveBack(algorithm, engine);
            }
        }
    }
}
