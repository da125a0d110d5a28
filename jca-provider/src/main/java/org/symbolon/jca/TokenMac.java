package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenSecretKey;

/**
 * A MAC with a secret key of the token: one round trip for a short message, one for each part of a long one. With a key
 * that is in no token another provider computes it: who asks for the length before there is a key, as JSSE of Java 17 does,
 * is tied to the first provider that has the algorithm. Not thread-safe, as no Mac is.
 */
final class TokenMac extends MacSpi {
    private static final int PART_BYTES = 64 * 1024;

    private final SymbolonProvider provider;
    private final MacAlgorithm algorithm;
    private final WipedBuffer pending = new WipedBuffer();
    private @Nullable TokenSecretKey key;
    private @Nullable Mac software;
    private Mechanism mechanism;
    private @Nullable StreamedOperation operation;
    private @Nullable MacedWith last;
    private boolean spent;

    /** The key and IV of the last message, which must not be used for another. */
    private record MacedWith(TokenSecretKey key, Mechanism mechanism) {}

    TokenMac(SymbolonProvider provider, MacAlgorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
        this.mechanism = Mechanism.of(algorithm.type());
    }

    @Override
    protected int engineGetMacLength() {
        return algorithm.bytes();
    }

    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        engineReset();
        key = null;
        software = null;
        if (newKey != null && !(newKey instanceof TokenKey)) {
            software = SoftwareMac.of(algorithm.name(), newKey, spec);
            return;
        }
        TokenSecretKey own = OwnKeys.require(provider, newKey, TokenSecretKey.class, "computes MACs");
        if (!algorithm.takes(own)) {
            throw new InvalidKeyException(own + " is of another type than " + algorithm.name() + " takes");
        }
        provider.capabilities().require(own, MechanismFunction.SIGN, algorithm.type());
        Mechanism wanted = mechanism(spec);
        if (new MacedWith(own, wanted).equals(last)) {
            throw new InvalidAlgorithmParameterException(
                    "this key has authenticated with this IV already; a second time would betray the key's secret");
        }
        mechanism = wanted;
        key = own;
        spent = false;
    }

    private Mechanism mechanism(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (algorithm.hasIv()) {
            if (spec instanceof IvParameterSpec iv) {
                return new Mechanism(algorithm.type(), new MechanismParameters.Iv(Bytes.wrap(iv.getIV())));
            } else if (spec instanceof GCMParameterSpec gcm && gcm.getTLen() == algorithm.bytes() * Byte.SIZE) {
                return new Mechanism(algorithm.type(), new MechanismParameters.Iv(Bytes.wrap(gcm.getIV())));
            }
            throw new InvalidAlgorithmParameterException(
                    algorithm.name() + " takes an IvParameterSpec, new for each message");
        } else if (spec != null) {
            throw new InvalidAlgorithmParameterException(algorithm.name() + " takes no parameters, not "
                    + spec.getClass().getName());
        }
        return Mechanism.of(algorithm.type());
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        if (software != null) {
            software.update(input, offset, length);
            return;
        }
        key();
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, PART_BYTES);
            if (pending.size() + part > PART_BYTES) {
                give();
            }
            pending.write(input, offset + done, part);
            done += part;
        }
    }

    private void give() {
        byte[] part = pending.take();
        boolean good = false;
        try {
            if (operation == null) {
                TokenSecretKey own = key();
                operation = new StreamedOperation(this, own.session().startSign(own.object(), mechanism));
            }
            operation.update(this, part);
            good = true;
        } catch (TokenException e) {
            throw Failures.provider(e);
        } finally {
            Arrays.fill(part, (byte) 0);
            if (!good) {
                engineReset();
            }
        }
    }

    private TokenSecretKey key() {
        if (key == null) {
            throw new IllegalStateException("the Mac is not initialised");
        }
        if (spent) {
            throw new IllegalStateException("the IV was used: initialise the Mac with another for another message");
        }
        return key;
    }

    @Override
    protected byte[] engineDoFinal() {
        if (software != null) {
            return software.doFinal();
        }
        TokenSecretKey own = key();
        byte[] message = pending.peek();
        try {
            byte[] mac = operation == null
                    ? own.session().sign(own.object(), mechanism, message)
                    : finish(operation, message);
            if (algorithm.hasIv()) {
                spent = true;
                last = new MacedWith(own, mechanism);
            }
            return mac;
        } catch (TokenException e) {
            throw Failures.provider(e);
        } finally {
            Arrays.fill(message, (byte) 0);
            engineReset();
        }
    }

    private byte[] finish(StreamedOperation running, byte[] message) throws TokenException {
        if (message.length > 0) {
            running.update(this, message);
        }
        return running.finish(this);
    }

    @Override
    protected void engineReset() {
        if (software != null) {
            software.reset();
        }
        pending.wipe();
        if (operation != null) {
            operation.close();
            operation = null;
        }
    }
}
