package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;

/**
 * A kind of secret key: how long it is and what generates it.
 *
 * @param name as the JCA writes it
 * @param generation the mechanism that generates it
 * @param defaultBytes its length if nobody says
 * @param minBytes the least length
 * @param maxBytes the greatest length
 * @param stepBytes the difference between lengths
 */
record SecretKeyAlgorithm(
        String name, MechanismType generation, int defaultBytes, int minBytes, int maxBytes, int stepBytes) {
    private static final int MAX_GENERIC_BYTES = 1024;

    /** Returns every kind that the JCA has a name for. */
    static List<SecretKeyAlgorithm> all() {
        List<SecretKeyAlgorithm> all = new ArrayList<>();
        all.add(new SecretKeyAlgorithm("AES", Mechanism.AES_KEY_GEN.type(), 32, 16, 32, 8));
        all.add(new SecretKeyAlgorithm("DESede", Mechanism.DES3_KEY_GEN.type(), 24, 24, 24, 1));
        all.add(new SecretKeyAlgorithm("ChaCha20", Mechanism.CHACHA20_KEY_GEN.type(), 32, 32, 32, 1));
        MechanismType generic = Mechanism.GENERIC_SECRET_KEY_GEN.type();
        all.add(new SecretKeyAlgorithm("Generic", generic, 32, 1, MAX_GENERIC_BYTES, 1));
        for (MacAlgorithm mac : MacAlgorithm.all()) {
            if (mac.isHmac()) {
                all.add(new SecretKeyAlgorithm(mac.name(), generic, mac.bytes(), 1, MAX_GENERIC_BYTES, 1));
            }
        }
        return all;
    }

    /** Returns the kind of a name; empty for names that tokens have no keys for. */
    static Optional<SecretKeyAlgorithm> of(String name) {
        return all().stream().filter(kind -> kind.name.equalsIgnoreCase(name)).findFirst();
    }

    /**
     * Returns the length of a key that is cut from an agreed secret: what is wanted, or else all of it, or else the
     * longest that there is room for.
     *
     * @throws InvalidKeyException if the secret is too short
     */
    int derivedBytes(OptionalInt bits, int secretBytes) throws InvalidKeyException {
        try {
            int most = Math.min(maxBytes, secretBytes);
            int wanted = bits.isPresent() ? bytes(bits.getAsInt()) : most - Math.floorMod(most - minBytes, stepBytes);
            if (wanted < minBytes || wanted > secretBytes) {
                throw new InvalidKeyException(
                        "a secret of " + secretBytes + " bytes makes no " + name + " key of this length");
            }
            return wanted;
        } catch (InvalidParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    /** Returns whether templates tell its length; PKCS #11's DES keys have no CKA_VALUE_LEN. */
    boolean hasLength() {
        return !generation.equals(Mechanism.DES3_KEY_GEN.type());
    }

    /** Returns the length of a key of so many bits; DESede is counted with and without its parity. */
    int bytes(int bits) {
        int wanted = generation.equals(Mechanism.DES3_KEY_GEN.type()) && bits == 168 ? defaultBytes : bits / Byte.SIZE;
        boolean whole = bits % Byte.SIZE == 0;
        if (!whole || wanted < minBytes || wanted > maxBytes || (wanted - minBytes) % stepBytes != 0) {
            throw new InvalidParameterException(name + " keys have "
                    + (minBytes == maxBytes
                            ? maxBytes * Byte.SIZE
                            : minBytes * Byte.SIZE + " to " + maxBytes * Byte.SIZE + " in steps of "
                                    + stepBytes * Byte.SIZE)
                    + " bits, not " + bits);
        }
        return wanted;
    }
}
