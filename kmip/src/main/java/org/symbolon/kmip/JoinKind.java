package org.symbolon.kmip;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Sign;

/** Which requests may travel together: those of one kind, because a server does the items of a message one after the other. */
enum JoinKind {
    /** Get and Get Attributes. */
    READ,
    /** Sign on a curve. */
    CURVE_SIGN,
    /** Sign with RSA, which costs the server much more than the message does; or with what the request does not tell. */
    OTHER_SIGN;

    private static final int MAX_DATA_BYTES = 16 * 1024;

    /** {@return the kind of a request; empty if it travels by itself} */
    static Optional<JoinKind> of(KmipRequest<?> request) {
        if (request instanceof Get.Request get) {
            return joins(get.uniqueIdentifier()) && get.keyWrappingSpecification() == null
                    ? Optional.of(READ)
                    : Optional.empty();
        }
        if (request instanceof GetAttributes.Request get) {
            return joins(get.uniqueIdentifier()) ? Optional.of(READ) : Optional.empty();
        }
        if (request instanceof Sign.Request sign) {
            boolean whole = sign.correlationValue() == null
                    && sign.initIndicator() == null
                    && sign.finalIndicator() == null
                    && length(sign.data()) <= MAX_DATA_BYTES;
            return whole && joins(sign.uniqueIdentifier())
                    ? Optional.of(isOnCurve(sign.cryptographicParameters()) ? CURVE_SIGN : OTHER_SIGN)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** A request without an identifier, or with a reference, means another item of its own message. */
    private static boolean joins(@Nullable UniqueIdentifier id) {
        return id instanceof UniqueIdentifier.Text;
    }

    private static int length(@Nullable Bytes data) {
        return data == null ? 0 : data.length();
    }

    private static boolean isOnCurve(@Nullable CryptographicParameters parameters) {
        if (parameters == null) {
            return false;
        }
        CryptographicAlgorithm algorithm = parameters.cryptographicAlgorithm();
        DigitalSignatureAlgorithm signature = parameters.digitalSignatureAlgorithm();
        return CryptographicAlgorithm.ECDSA.equals(algorithm)
                || CryptographicAlgorithm.EC.equals(algorithm)
                || CryptographicAlgorithm.ED25519.equals(algorithm)
                || CryptographicAlgorithm.ED448.equals(algorithm)
                || (signature != null && signature.xmlName().startsWith("ECDSA"));
    }
}
