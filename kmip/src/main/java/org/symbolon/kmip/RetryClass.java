package org.symbolon.kmip;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.NotInVersionException;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributeList;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Hash;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.Ping;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;

/** Which operations may be sent again when nobody knows whether the server has seen them: those that leave nothing behind. */
final class RetryClass {
    private static final Set<Class<?>> REPEATABLE = Set.of(
            DiscoverVersions.Request.class,
            Get.Request.class,
            GetAttributeList.Request.class,
            GetAttributes.Request.class,
            Hash.Request.class,
            Locate.Request.class,
            MacVerify.Request.class,
            Ping.Request.class,
            Query.Request.class,
            RngRetrieve.Request.class,
            SignatureVerify.Request.class);

    private RetryClass() {}

    /**
     * {@return whether a request may be repeated}
     *
     * @param usesRepeatable whether uses of a key may be, too, because its server does not count them
     */
    static boolean isRepeatable(KmipRequest<?> request, boolean usesRepeatable) {
        return REPEATABLE.contains(request.getClass()) || (usesRepeatable && isWholeUse(request));
    }

    /** {@return whether a call that failed in a batch is made by itself: nothing was done for it, or it leaves nothing behind} */
    static boolean mayGoAlone(KmipRequest<?> request, CallScope scope, @Nullable TokenException failure) {
        if (failure == null) {
            return false;
        }
        if (RefusedMessage.isMarkOf(failure) || failure.getCause() instanceof NotInVersionException) {
            return true;
        }
        return (failure instanceof TokenProtocolException || isTooLarge(failure))
                && isRepeatable(request, scope.usesRepeatable());
    }

    /** {@return whether a response would have been larger than one may be} */
    static boolean isTooLarge(TokenException failure) {
        return failure.status().name().equals(ResultReason.RESPONSE_TOO_LARGE.xmlName());
    }

    /** Whether a request uses a key, in one part: the parts of a stream are counted by the server as they come. */
    private static boolean isWholeUse(KmipRequest<?> request) {
        if (request instanceof Sign.Request sign) {
            return isWhole(sign.correlationValue(), sign.initIndicator(), sign.finalIndicator());
        }
        if (request instanceof Mac.Request mac) {
            return isWhole(mac.correlationValue(), mac.initIndicator(), mac.finalIndicator());
        }
        if (request instanceof Encrypt.Request encrypt) {
            return isWhole(encrypt.correlationValue(), encrypt.initIndicator(), encrypt.finalIndicator());
        }
        return request instanceof Decrypt.Request decrypt
                && isWhole(decrypt.correlationValue(), decrypt.initIndicator(), decrypt.finalIndicator());
    }

    private static boolean isWhole(@Nullable Object... streaming) {
        return Arrays.stream(streaming).allMatch(Objects::isNull);
    }
}
