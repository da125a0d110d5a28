package org.symbolon.jca;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenSecretKey;

/**
 * A MAC.
 *
 * @param name as the JCA writes it
 * @param aliases other names
 * @param keyTypes the types of its keys
 * @param bytes the length of the MAC
 * @param type the mechanism
 */
record MacAlgorithm(String name, List<String> aliases, List<KeyType> keyTypes, int bytes, MechanismType type) {
    private static final int AES_BLOCK_BYTES = 16;
    private static final int DES_BLOCK_BYTES = 8;
    private static final Map<String, String> RSADSI_IDENTIFIERS = Map.of(
            "HmacSHA1", "1.2.840.113549.2.7",
            "HmacSHA224", "1.2.840.113549.2.8",
            "HmacSHA256", "1.2.840.113549.2.9",
            "HmacSHA384", "1.2.840.113549.2.10",
            "HmacSHA512", "1.2.840.113549.2.11",
            "HmacSHA3-224", "2.16.840.1.101.3.4.2.13",
            "HmacSHA3-256", "2.16.840.1.101.3.4.2.14",
            "HmacSHA3-384", "2.16.840.1.101.3.4.2.15",
            "HmacSHA3-512", "2.16.840.1.101.3.4.2.16");

    /** Returns every MAC of the table of mechanisms. */
    static List<MacAlgorithm> all() {
        List<MacAlgorithm> all = new ArrayList<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : row.jcaNames()) {
                if (name.startsWith("Mac:")) {
                    all.add(of(row, name.substring("Mac:".length())));
                }
            }
        }
        return all;
    }

    private static MacAlgorithm of(MechanismTable.Row row, String name) {
        List<String> aliases = new ArrayList<>();
        String identifier = RSADSI_IDENTIFIERS.get(name);
        if (identifier != null) {
            aliases.addAll(List.of(identifier, "OID." + identifier));
        }
        int block = row.keyTypes().contains(KeyType.DES3) ? DES_BLOCK_BYTES : AES_BLOCK_BYTES;
        int bytes = row.hash().map(HashAlgorithm::digestBytes).orElse(block);
        return new MacAlgorithm(name, aliases, row.keyTypes(), bytes, row.type());
    }

    /** Returns whether it is made of a hash, so that any secret is a key of it. */
    boolean isHmac() {
        return keyTypes.contains(KeyType.GENERIC_SECRET);
    }

    boolean hasIv() {
        return type.equals(Mechanism.AES_GMAC.type());
    }

    boolean takes(TokenKey key) {
        return key instanceof TokenSecretKey secret && takes(secret.object().keyType());
    }

    /** PKCS #11 has a key type for each hash too. */
    private boolean takes(KeyType keyType) {
        boolean ofHash = keyType.name().equals(type.name().replaceFirst("^CKM_", "CKK_"));
        return keyTypes.contains(keyType) || ofHash;
    }
}
