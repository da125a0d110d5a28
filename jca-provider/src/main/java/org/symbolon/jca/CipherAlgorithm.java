package org.symbolon.jca;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenSecretKey;

/**
 * A transformation of a cipher with secret keys.
 *
 * @param name as the JCA writes it
 * @param aliases other names
 * @param mode its mode
 * @param padded whether it pads by PKCS #5, which is done here
 * @param keyTypes the types of its keys
 * @param keyBytes the only length of its keys, or 0 for any
 * @param type the mechanism
 */
record CipherAlgorithm(
        String name,
        List<String> aliases,
        CipherMode mode,
        boolean padded,
        List<KeyType> keyTypes,
        int keyBytes,
        MechanismType type) {
    private static final int AES_BLOCK_BYTES = 16;
    private static final int DES_BLOCK_BYTES = 8;
    private static final String PKCS5 = "PKCS5Padding";

    /** What the JDK calls its transformations besides: object identifiers of NIST for each length of the key. */
    private static final Map<CipherMode, List<String>> NIST_IDENTIFIERS = Map.of(
            CipherMode.ECB, List.of("1", "21", "41"),
            CipherMode.CBC, List.of("2", "22", "42"),
            CipherMode.KW, List.of("5", "25", "45"),
            CipherMode.GCM, List.of("6", "26", "46"),
            CipherMode.CCM, List.of("7", "27", "47"),
            CipherMode.KWP, List.of("8", "28", "48"));

    /** Returns every transformation that the table of mechanisms makes. */
    static List<CipherAlgorithm> all() {
        List<CipherAlgorithm> all = new ArrayList<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : row.jcaNames()) {
                if (name.startsWith("Cipher:")
                        && !row.keyTypes().contains(KeyType.RSA)
                        && !row.type().name().endsWith("_PAD")) {
                    add(all, row, name.substring("Cipher:".length()));
                }
            }
        }
        return all;
    }

    private static void add(List<CipherAlgorithm> all, MechanismTable.Row row, String name) {
        CipherMode mode = modeOf(name);
        all.add(new CipherAlgorithm(name, aliases(mode), mode, false, row.keyTypes(), 0, row.type()));
        if (mode.isBlockwise()) {
            String paddedName = name.replace("NoPadding", PKCS5);
            List<String> shortName = mode == CipherMode.ECB ? List.of(name.substring(0, name.indexOf('/'))) : List.of();
            all.add(new CipherAlgorithm(paddedName, shortName, mode, true, row.keyTypes(), 0, row.type()));
        }
        List<String> identifiers = NIST_IDENTIFIERS.get(mode);
        if (name.startsWith("AES/") && identifiers != null) {
            for (int i = 0; i < identifiers.size(); i++) {
                int bytes = 16 + 8 * i;
                String oid = "2.16.840.1.101.3.4.1." + identifiers.get(i);
                all.add(new CipherAlgorithm(
                        "AES_" + 8 * bytes + name.substring(3),
                        List.of(oid, "OID." + oid),
                        mode,
                        false,
                        row.keyTypes(),
                        bytes,
                        row.type()));
            }
        }
    }

    private static CipherMode modeOf(String name) {
        return name.equals("ChaCha20-Poly1305")
                ? CipherMode.POLY1305
                : CipherMode.valueOf(name.split("/", -1)[1].toUpperCase(Locale.ROOT));
    }

    private static List<String> aliases(CipherMode mode) {
        return switch (mode) {
            case KW -> List.of("AESWrap");
            case KWP -> List.of("AESWrapPad");
            case POLY1305 -> List.of("ChaCha20-Poly1305/None/NoPadding");
            default -> List.of();
        };
    }

    int blockBytes() {
        return keyTypes.contains(KeyType.DES3) ? DES_BLOCK_BYTES : AES_BLOCK_BYTES;
    }

    /** Returns the algorithm of its keys, which names their parameters too. */
    String keyAlgorithm() {
        return keyTypes.contains(KeyType.DES3) ? "DESede" : keyTypes.contains(KeyType.CHACHA20) ? "ChaCha20" : "AES";
    }

    /** Returns whether a key is of the type and length that this takes, as far as is known here. */
    boolean takes(TokenKey key) {
        return key instanceof TokenSecretKey secret
                && keyTypes.contains(secret.object().keyType())
                && (keyBytes == 0
                        || secret.object()
                                .attributes()
                                .find(Attribute.VALUE_LEN)
                                .filter(length -> length == keyBytes)
                                .isPresent());
    }
}
