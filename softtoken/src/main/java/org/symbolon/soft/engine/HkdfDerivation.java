package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;

/** CKM_HKDF_DERIVE: RFC 5869. */
final class HkdfDerivation implements KeyDerivation {
    private static final int MAX_BLOCKS = 255;

    @Override
    public MechanismInfo info() {
        return Derivations.info(8, 8L * SecretKeys.MAX_GENERIC_BYTES);
    }

    @Override
    public byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof DerivationParameters.Hkdf hkdf)) {
            throw Failures.parameter(mechanism + " wants HKDF parameters");
        }
        byte[] input = base.attributes().get(Attribute.VALUE).sharedArray();
        if (!hkdf.extract()) {
            return expand(input, hkdf, Derivations.required(bytes));
        }
        byte[] salt = others.isEmpty()
                ? hkdf.salt().sharedArray()
                : others.get(0).attributes().get(Attribute.VALUE).sharedArray();
        byte[] pseudoRandomKey = mac(
                        hkdf.hash(), salt.length == 0 ? new byte[hkdf.hash().digestBytes()] : salt)
                .doFinal(input);
        if (!hkdf.expand()) {
            return Derivations.leading(pseudoRandomKey, bytes);
        }
        try {
            return expand(pseudoRandomKey, hkdf, Derivations.required(bytes));
        } finally {
            Arrays.fill(pseudoRandomKey, (byte) 0);
        }
    }

    private static byte[] expand(byte[] pseudoRandomKey, DerivationParameters.Hkdf hkdf, int bytes)
            throws GeneralSecurityException {
        int max = MAX_BLOCKS * hkdf.hash().digestBytes();
        if (bytes > max) {
            throw Failures.operation("CKR_KEY_SIZE_RANGE", "HKDF with " + hkdf.hash() + " makes at most " + max);
        }
        Mac mac = mac(hkdf.hash(), pseudoRandomKey);
        byte[] key = new byte[bytes];
        byte[] block = new byte[0];
        int done = 0;
        for (int counter = 1; done < bytes; counter++) {
            mac.update(block);
            mac.update(hkdf.info().sharedArray());
            mac.update((byte) counter);
            block = mac.doFinal();
            int part = Math.min(block.length, bytes - done);
            System.arraycopy(block, 0, key, done, part);
            done += part;
        }
        return key;
    }

    private static Mac mac(HashAlgorithm hash, byte[] key) throws GeneralSecurityException {
        String algorithm = Macs.hmac(hash);
        Mac mac = Mac.getInstance(algorithm, Engines.NATIVE_JDK_BC.get("Mac", algorithm));
        mac.init(new SecretKeySpec(key, algorithm));
        return mac;
    }
}
