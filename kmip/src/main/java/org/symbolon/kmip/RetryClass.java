package org.symbolon.kmip;

import java.util.Set;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributeList;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Hash;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.Ping;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.operation.RngRetrieve;
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

    /** {@return whether a request may be repeated; what signs may not, because a use may be counted} */
    static boolean isRepeatable(KmipRequest<?> request) {
        return REPEATABLE.contains(request.getClass());
    }
}
