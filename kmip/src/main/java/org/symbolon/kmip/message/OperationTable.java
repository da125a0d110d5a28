package org.symbolon.kmip.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.AdjustAttribute;
import org.symbolon.kmip.operation.Archive;
import org.symbolon.kmip.operation.Cancel;
import org.symbolon.kmip.operation.Certify;
import org.symbolon.kmip.operation.Check;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.CreateSplitKey;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.DelegatedLogin;
import org.symbolon.kmip.operation.DeleteAttribute;
import org.symbolon.kmip.operation.DeriveKey;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.Export;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributeList;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.GetConstraints;
import org.symbolon.kmip.operation.GetUsageAllocation;
import org.symbolon.kmip.operation.Hash;
import org.symbolon.kmip.operation.Import;
import org.symbolon.kmip.operation.Interop;
import org.symbolon.kmip.operation.JoinSplitKey;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Log;
import org.symbolon.kmip.operation.Login;
import org.symbolon.kmip.operation.Logout;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.ModifyAttribute;
import org.symbolon.kmip.operation.Notify;
import org.symbolon.kmip.operation.ObtainLease;
import org.symbolon.kmip.operation.Ping;
import org.symbolon.kmip.operation.Pkcs11;
import org.symbolon.kmip.operation.Poll;
import org.symbolon.kmip.operation.Process;
import org.symbolon.kmip.operation.Put;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.operation.QueryAsynchronousRequests;
import org.symbolon.kmip.operation.ReCertify;
import org.symbolon.kmip.operation.ReKey;
import org.symbolon.kmip.operation.ReKeyKeyPair;
import org.symbolon.kmip.operation.ReProvision;
import org.symbolon.kmip.operation.Recover;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.operation.Revoke;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.operation.RngSeed;
import org.symbolon.kmip.operation.SetAttribute;
import org.symbolon.kmip.operation.SetConstraints;
import org.symbolon.kmip.operation.SetDefaults;
import org.symbolon.kmip.operation.SetEndpointRole;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;
import org.symbolon.kmip.operation.Validate;
import org.symbolon.kmip.ttlv.ValueTable;

/** The operations: which number has which request and response. */
public final class OperationTable {
    private static final List<Class<? extends KmipRequest<?>>> REQUESTS = List.of(
            Activate.Request.class,
            AddAttribute.Request.class,
            AdjustAttribute.Request.class,
            Archive.Request.class,
            Cancel.Request.class,
            Certify.Request.class,
            Check.Request.class,
            Create.Request.class,
            CreateKeyPair.Request.class,
            CreateSplitKey.Request.class,
            Decrypt.Request.class,
            DelegatedLogin.Request.class,
            DeleteAttribute.Request.class,
            DeriveKey.Request.class,
            Destroy.Request.class,
            DiscoverVersions.Request.class,
            Encrypt.Request.class,
            Export.Request.class,
            Get.Request.class,
            GetAttributeList.Request.class,
            GetAttributes.Request.class,
            GetConstraints.Request.class,
            GetUsageAllocation.Request.class,
            Hash.Request.class,
            Import.Request.class,
            Interop.Request.class,
            JoinSplitKey.Request.class,
            Locate.Request.class,
            Log.Request.class,
            Login.Request.class,
            Logout.Request.class,
            Mac.Request.class,
            MacVerify.Request.class,
            ModifyAttribute.Request.class,
            Notify.Request.class,
            ObtainLease.Request.class,
            Ping.Request.class,
            Pkcs11.Request.class,
            Poll.Request.class,
            Process.Request.class,
            Put.Request.class,
            Query.Request.class,
            QueryAsynchronousRequests.Request.class,
            ReCertify.Request.class,
            ReKey.Request.class,
            ReKeyKeyPair.Request.class,
            ReProvision.Request.class,
            Recover.Request.class,
            Register.Request.class,
            Revoke.Request.class,
            RngRetrieve.Request.class,
            RngSeed.Request.class,
            SetAttribute.Request.class,
            SetConstraints.Request.class,
            SetDefaults.Request.class,
            SetEndpointRole.Request.class,
            Sign.Request.class,
            SignatureVerify.Request.class,
            Validate.Request.class);

    private static final Map<Operation, Optional<Row>> BY_OPERATION = new HashMap<>();
    private static final Map<Class<?>, Row> BY_REQUEST = new HashMap<>();

    static {
        for (Class<? extends KmipRequest<?>> request : REQUESTS) {
            Row row = new Row(operation(request), request, response(request));
            BY_OPERATION.put(row.operation, Optional.of(row));
            BY_REQUEST.put(request, row);
        }
    }

    private OperationTable() {}

    /**
     * An operation.
     *
     * @param operation its number
     * @param request the class of its requests
     * @param response the class of its responses
     */
    public record Row(
            Operation operation, Class<? extends KmipRequest<?>> request, Class<? extends KmipResponse> response) {}

    /** {@return the row of an operation; empty if it is none of KMIP 1.0 to 2.1} */
    public static Optional<Row> row(Operation operation) {
        return BY_OPERATION.getOrDefault(operation, Optional.empty());
    }

    /** {@return the row of a request} */
    public static Row rowOf(KmipRequest<?> request) {
        Row row = BY_REQUEST.get(request.getClass());
        if (row == null) {
            throw new IllegalArgumentException(request.getClass() + " is the request of no operation");
        }
        return row;
    }

    private static Operation operation(Class<?> request) {
        String name = StructureTable.folded(request.getDeclaringClass().getSimpleName());
        for (ValueTable.Value value : ValueTable.of("Operation").values()) {
            if (StructureTable.folded(value.xmlName()).equals(name)) {
                return new Operation(value.number());
            }
        }
        throw new AssertionError("KMIP has no operation " + name);
    }

    private static Class<? extends KmipResponse> response(Class<?> request) {
        for (Type each : request.getGenericInterfaces()) {
            if (each instanceof ParameterizedType parameterized) {
                return ((Class<?>) parameterized.getActualTypeArguments()[0]).asSubclass(KmipResponse.class);
            }
        }
        throw new AssertionError(request + " says nothing of its response");
    }
}
