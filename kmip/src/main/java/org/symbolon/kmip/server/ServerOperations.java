package org.symbolon.kmip.server;

import java.util.List;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Ping;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What the server says of itself: Discover Versions, Query and Ping (KMIP 2.1 section 6.1). */
final class ServerOperations {
    private static final String VENDOR = "Symbolon";
    private static final List<ObjectType> OBJECT_TYPES = List.of(
            ObjectType.CERTIFICATE,
            ObjectType.SYMMETRIC_KEY,
            ObjectType.PUBLIC_KEY,
            ObjectType.PRIVATE_KEY,
            ObjectType.SPLIT_KEY,
            ObjectType.TEMPLATE,
            ObjectType.SECRET_DATA,
            ObjectType.OPAQUE_OBJECT,
            ObjectType.PGP_KEY,
            ObjectType.CERTIFICATE_REQUEST);

    private final Handlers handlers;

    ServerOperations(Handlers handlers) {
        this.handlers = handlers;
    }

    void addTo(Handlers all) {
        all.add(DiscoverVersions.Request.class, this::discover);
        all.add(Query.Request.class, this::query);
        all.add(Ping.Request.class, (request, batch) -> new Ping.Response());
    }

    private DiscoverVersions.Response discover(DiscoverVersions.Request request, Batch batch) {
        List<KmipVersion> asked = request.protocolVersions();
        return new DiscoverVersions.Response(KmipVersion.SUPPORTED.stream()
                .filter(version -> asked.isEmpty() || asked.contains(version))
                .toList());
    }

    private Query.Response query(Query.Request request, Batch batch) {
        List<QueryFunction> asked = request.queryFunctions();
        return new Query.Response(
                asked.contains(QueryFunction.QUERY_OPERATIONS) ? handlers.operations(batch.version()) : List.of(),
                asked.contains(QueryFunction.QUERY_OBJECTS) ? objectTypes(batch.version()) : List.of(),
                asked.contains(QueryFunction.QUERY_SERVER_INFORMATION) ? VENDOR : null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private static List<ObjectType> objectTypes(KmipVersion version) {
        return OBJECT_TYPES.stream()
                .filter(type -> type.table()
                        .value(type.value())
                        .filter(value -> value.versions().includes(version))
                        .isPresent())
                .toList();
    }
}
