package org.symbolon.kmip.server;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Interop;
import org.symbolon.kmip.operation.Log;
import org.symbolon.kmip.operation.Ping;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What the server says of itself: Discover Versions, Query, Ping, Log and Interop (KMIP 2.1 section 6.1). */
final class ServerOperations {
    private static final Logger LOG = LoggerFactory.getLogger(ServerOperations.class);
    private static final int MAX_LOG = 4_096;
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
    private final Semantics semantics;

    ServerOperations(Handlers handlers, Semantics semantics) {
        this.handlers = handlers;
        this.semantics = semantics;
    }

    void addTo(Handlers all) {
        all.add(DiscoverVersions.Request.class, this::discover);
        all.add(Query.Request.class, this::query);
        all.add(Ping.Request.class, (request, batch) -> new Ping.Response());
        all.add(Log.Request.class, this::log);
        all.add(Interop.Request.class, this::interop);
    }

    private DiscoverVersions.Response discover(DiscoverVersions.Request request, Batch batch) {
        List<KmipVersion> asked = request.protocolVersions();
        return new DiscoverVersions.Response(KmipVersion.SUPPORTED.stream()
                .filter(version -> asked.isEmpty() || asked.contains(version))
                .toList());
    }

    private Query.Response query(Query.Request request, Batch batch) {
        List<QueryFunction> asked = request.queryFunctions();
        boolean information = asked.contains(QueryFunction.QUERY_SERVER_INFORMATION);
        return new Query.Response(
                asked.contains(QueryFunction.QUERY_OPERATIONS) ? handlers.operations(batch.version()) : List.of(),
                asked.contains(QueryFunction.QUERY_OBJECTS) ? objectTypes(batch.version()) : List.of(),
                information ? VENDOR : null,
                information ? ServerDescription.information(batch.version()) : null,
                List.of(),
                List.of(),
                List.of(),
                asked.contains(QueryFunction.QUERY_RN_GS) ? ServerDescription.GENERATORS : List.of(),
                asked.contains(QueryFunction.QUERY_PROFILES) ? ServerDescription.profiles(batch.version()) : List.of(),
                asked.contains(QueryFunction.QUERY_VALIDATIONS) ? semantics.validations() : List.of(),
                asked.contains(QueryFunction.QUERY_CAPABILITIES)
                        ? List.of(ServerDescription.capabilities(batch.version()))
                        : List.of(),
                List.of(),
                null,
                null);
    }

    /** Interoperability tests name the case that begins or ends. */
    private Interop.Response interop(Interop.Request request, Batch batch) throws KmipFailure {
        if (!semantics.interop()) {
            throw new KmipFailure(ResultReason.OPERATION_NOT_SUPPORTED, "this server takes part in no tests");
        }
        return new Interop.Response();
    }

    private Log.Response log(Log.Request request, Batch batch) throws KmipFailure {
        String message = request.logMessage();
        if (message.length() > MAX_LOG) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "a log message has at most " + MAX_LOG + " characters");
        }
        LOG.info("{} says: {}", batch.caller().subject(), message.replaceAll("\\p{Cntrl}", " "));
        return new Log.Response();
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
