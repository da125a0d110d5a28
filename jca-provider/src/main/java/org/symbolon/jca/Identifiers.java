package org.symbolon.jca;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.symbolon.ParameterSet;

/** Object identifiers that algorithms go by in certificates and messages, as aliases of their names. */
final class Identifiers {
    private static final Map<String, String> SIGNATURES = signatures();

    private Identifiers() {}

    /** Returns the aliases of a signature's name: its object identifier, plain and with the prefix that old code writes. */
    static List<String> ofSignature(String name) {
        String identifier = SIGNATURES.get(name);
        return identifier == null ? ofParameterSet(name) : aliases(Optional.of(identifier));
    }

    /** Returns the aliases of a parameter set of ML-DSA, ML-KEM or SLH-DSA; none for other names. */
    static List<String> ofParameterSet(String name) {
        return aliases(ParameterSet.of(name).map(ParameterSet::objectIdentifier));
    }

    /** Returns the aliases of a kind of key: the object identifier by which certificates and PKCS #8 name it. */
    static List<String> ofKey(String name) {
        return switch (name) {
            case "RSA" -> aliases(Optional.of("1.2.840.113549.1.1.1"));
            case "EC" -> aliases(Optional.of("1.2.840.10045.2.1"));
            case "DH" ->
                Stream.concat(Stream.of("DiffieHellman"), aliases(Optional.of("1.2.840.113549.1.3.1")).stream())
                        .toList();
            case "X25519" -> aliases(Optional.of("1.3.101.110"));
            case "X448" -> aliases(Optional.of("1.3.101.111"));
            default -> ofSignature(name);
        };
    }

    /** Returns the aliases of a hash: Bouncy Castle's spelling, and its object identifier. */
    static List<String> ofDigest(String name) {
        String identifier = switch (name) {
            case "SHA-1" -> "1.3.14.3.2.26";
            case "SHA-224" -> "2.16.840.1.101.3.4.2.4";
            case "SHA-256" -> "2.16.840.1.101.3.4.2.1";
            case "SHA-384" -> "2.16.840.1.101.3.4.2.2";
            case "SHA-512" -> "2.16.840.1.101.3.4.2.3";
            case "SHA3-224" -> "2.16.840.1.101.3.4.2.7";
            case "SHA3-256" -> "2.16.840.1.101.3.4.2.8";
            case "SHA3-384" -> "2.16.840.1.101.3.4.2.9";
            case "SHA3-512" -> "2.16.840.1.101.3.4.2.10";
            default -> "";
        };
        List<String> identifiers = aliases(Optional.of(identifier).filter(text -> !text.isEmpty()));
        if (!name.startsWith("SHA-")) {
            return identifiers;
        }
        return Stream.concat(Stream.of(name.replace("-", "")), identifiers.stream())
                .toList();
    }

    private static List<String> aliases(Optional<String> identifier) {
        return identifier.map(oid -> List.of(oid, "OID." + oid)).orElse(List.of());
    }

    private static Map<String, String> signatures() {
        Map<String, String> map = new HashMap<>();
        String pkcs1 = "1.2.840.113549.1.1.";
        map.put("SHA1withRSA", pkcs1 + 5);
        map.put("RSASSA-PSS", pkcs1 + 10);
        map.put("SHA256withRSA", pkcs1 + 11);
        map.put("SHA384withRSA", pkcs1 + 12);
        map.put("SHA512withRSA", pkcs1 + 13);
        map.put("SHA224withRSA", pkcs1 + 14);
        map.put("SHA1withECDSA", "1.2.840.10045.4.1");
        map.put("SHA224withECDSA", "1.2.840.10045.4.3.1");
        map.put("SHA256withECDSA", "1.2.840.10045.4.3.2");
        map.put("SHA384withECDSA", "1.2.840.10045.4.3.3");
        map.put("SHA512withECDSA", "1.2.840.10045.4.3.4");
        map.put("Ed25519", "1.3.101.112");
        map.put("Ed448", "1.3.101.113");
        int number = 9;
        for (String hash : List.of("SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512")) {
            map.put(hash + "withECDSA", "2.16.840.1.101.3.4.3." + number);
            map.put(hash + "withRSA", "2.16.840.1.101.3.4.3." + (number + 4));
            number++;
        }
        return Map.copyOf(map);
    }
}
