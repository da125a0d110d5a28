package org.symbolon.kmip.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** Which values the profiles let a server choose ("permitted test case variations", KMIP Profiles 2.1 section 4.1). */
final class Variation {
    private static final Set<String> MADE =
            Set.of("Create", "CreateKeyPair", "ReKey", "ReKeyKeyPair", "CreateSplitKey", "Certify", "ReCertify");
    private static final Set<String> DERIVED = Set.of("DeriveKey", "JoinSplitKey");
    private static final Set<String> DATES = Set.of(
            "ActivationDate",
            "ArchiveDate",
            "CompromiseDate",
            "CompromiseOccurrenceDate",
            "DeactivationDate",
            "DestroyDate",
            "InitialDate",
            "LastChangeDate",
            "ProcessStartDate",
            "ProtectStopDate",
            "ValidityDate",
            "OriginalCreationDate",
            "TimeStamp");
    private static final Set<String> OUTPUTS =
            Set.of("Data", "SignatureData", "MACData", "IVCounterNonce", "AuthenticatedEncryptionTag");
    private static final Set<String> CHOSEN = Set.of(
            "LinkedObjectIdentifier",
            "VendorIdentification",
            "AsynchronousCorrelationValue",
            "CorrelationValue",
            "TicketValue",
            "ServerName",
            "ServerSerialNumber",
            "ServerVersion",
            "ServerLoad",
            "ProductName",
            "BuildLevel",
            "BuildDate",
            "ClusterInfo",
            "PKCS_11OutputParameters");

    /** What a certificate's maker chooses, or follows from what it chooses. */
    private static final Set<String> OF_CERTIFICATES =
            Set.of("SerialNumber", "CertificateSerialNumber", "CertificateLength");

    private final Set<String> serverMade = new HashSet<>();
    private final Set<String> outputs = new HashSet<>();
    private final Set<String> padded = new HashSet<>();

    /** Remembers what an operation made on the server. */
    void note(String operation, Ttlv request, Ttlv response) {
        boolean derived = DERIVED.contains(operation)
                && texts(request, "UniqueIdentifier").stream().anyMatch(serverMade::contains);
        if (isAsymmetric(request) || has(request, "RandomIV")) {
            padded.addAll(texts(response, "UniqueIdentifier"));
        }
        if (operation.equals("Encrypt")) {
            outputs.addAll(texts(response, "Data"));
        }
        if (MADE.contains(operation) || derived) {
            for (String tag : List.of("UniqueIdentifier", "PrivateKeyUniqueIdentifier", "PublicKeyUniqueIdentifier")) {
                serverMade.addAll(texts(response, tag));
            }
        }
    }

    private static List<String> texts(Ttlv item, String tag) {
        return item instanceof Ttlv.Structure structure
                ? structure.fields(Tag.named(tag)).stream()
                        .flatMap(field -> Bindings.text(field).stream())
                        .toList()
                : List.of();
    }

    /**
     * What is known of the item of a response.
     *
     * @param operation what was asked for
     * @param serverMade whether it is about a key that the server made
     * @param randomised whether the output is another each time
     * @param wrapped whether a key is given wrapped
     * @param versionsAsked whether the client named versions
     * @param ours whether the data to decrypt is what this server encrypted before
     */
    record Item(
            String operation,
            boolean serverMade,
            boolean randomised,
            boolean wrapped,
            boolean versionsAsked,
            boolean ours) {
        static final Item NONE = new Item("", false, false, false, false, false);
    }

    Item item(String operation, Ttlv request, Ttlv response) {
        String all = request.toString();
        boolean random = has(request, "RandomIV")
                || all.contains("PSS")
                || operation.equals("Sign")
                || operation.equals("RNGRetrieve")
                || has(response, "IVCounterNonce")
                || isAsymmetric(request)
                || texts(request, "UniqueIdentifier").stream().anyMatch(padded::contains);
        boolean made = texts(response, "UniqueIdentifier").stream().anyMatch(serverMade::contains)
                || texts(request, "UniqueIdentifier").stream().anyMatch(serverMade::contains);
        return new Item(
                operation,
                made,
                random,
                has(response, "KeyWrappingData"),
                has(request, "ProtocolVersion"),
                ours(request));
    }

    private boolean ours(Ttlv request) {
        return texts(request, "Data").stream().anyMatch(outputs::contains);
    }

    /** PKCS #1 v1.5 and OAEP pad with random bytes. */
    private static boolean isAsymmetric(Ttlv request) {
        return find(request, "PaddingMethod", 2) || find(request, "PaddingMethod", 8);
    }

    private static boolean find(Ttlv item, String tag, int value) {
        if (item instanceof Ttlv.Enumerated enumerated) {
            return enumerated.value() == value && item.tag().xmlName().equals(tag);
        }
        return item instanceof Ttlv.Structure structure
                && structure.fields().stream().anyMatch(field -> find(field, tag, value));
    }

    private static boolean has(Ttlv item, String tag) {
        return item.tag().xmlName().equals(tag)
                || (item instanceof Ttlv.Structure structure
                        && structure.fields().stream().anyMatch(field -> has(field, tag)));
    }

    /**
     * Returns whether a server may have another value of the same type.
     *
     * @param name the tag, or the name of the attribute that the value is of
     * @param within the tag of the structure around it
     * @param sent whether a request of the case had the value
     */
    static boolean isFree(String name, String within, boolean sent, Item item) {
        if (DATES.contains(name)) {
            return !sent;
        } else if (OUTPUTS.contains(name)) {
            if (item.operation.equals("Decrypt")) {
                return item.serverMade && !item.ours;
            }
            return !item.operation.equals("Hash") && (item.serverMade || item.randomised);
        } else if (OF_CERTIFICATES.contains(name)) {
            return item.serverMade;
        } else if (name.equals("RandomNumberGenerator")) {
            return item.serverMade; // which generator made a key is a fact about the server
        } else if (within.equals("Digest")) {
            return true;
        } else if (name.equals("KeyMaterial") || name.equals("KeyValue") || name.equals("CertificateValue")) {
            return item.serverMade || item.wrapped;
        }
        return CHOSEN.contains(name) || (name.equals("KeyFormatType") && item.serverMade);
    }
}
