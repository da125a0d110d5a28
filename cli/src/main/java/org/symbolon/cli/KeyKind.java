package org.symbolon.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;

/**
 * What {@code key generate --type} makes.
 *
 * @param name as the user wrote it
 * @param mechanism what generates it
 * @param isPair whether it is a key pair and not a secret key
 */
record KeyKind(String name, Mechanism mechanism, boolean isPair) {
    static final String FORMS = "ed25519, p-256, p-384, p-521, ed448, x25519, x448, rsa-2048, rsa-3072, rsa-4096,"
            + " aes-128, aes-192 or aes-256";
    private static final Set<Integer> RSA_BITS = Set.of(2048, 3072, 4096, 8192);
    private static final Set<Integer> AES_BITS = Set.of(128, 192, 256);

    static KeyKind parse(String type) throws CommandFailure {
        String name = type.toLowerCase(Locale.ROOT);
        Optional<NamedCurve> curve = NamedCurve.of(name);
        if (curve.isPresent()) {
            return new KeyKind(curve.get().displayName(), Mechanism.keyPairGen(curve.get()), true);
        }
        int bits = name.matches("(rsa|aes)-[0-9]{3,4}") ? Integer.parseInt(name.substring(4)) : 0;
        if (name.startsWith("rsa") && RSA_BITS.contains(bits)) {
            return new KeyKind("RSA " + bits, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(bits), true);
        } else if (name.startsWith("aes") && AES_BITS.contains(bits)) {
            return new KeyKind("AES " + bits, Mechanism.AES_KEY_GEN.bytes(bits / 8), false);
        }
        throw CommandFailure.usage("a key's type is " + FORMS + ", not " + type);
    }
}
