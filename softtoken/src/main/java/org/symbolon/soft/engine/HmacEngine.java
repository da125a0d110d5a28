package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;

/** HMAC with a generic secret. */
final class HmacEngine implements MechanismEngine {
    private final String algorithm;
    private final Provider provider;

    HmacEngine(String algorithm, Provider provider) {
        this.algorithm = algorithm;
        this.provider = provider;
    }

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(1, 1024, Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm, provider);
        mac.init(new SecretKeySpec(key.attributes().get(Attribute.VALUE).sharedArray(), algorithm));
        return new HmacOperation(mac, end);
    }

    private static final class HmacOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final Mac mac;

        HmacOperation(Mac mac, Runnable end) {
            super(end);
            this.mac = mac;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
            return NOTHING;
        }

        @Override
        byte[] result() {
            return mac.doFinal();
        }

        @Override
        boolean check(byte[] signature) {
            return MessageDigest.isEqual(mac.doFinal(), signature);
        }
    }
}
