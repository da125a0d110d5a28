package org.symbolon.kmip.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.AttestationType;
import org.symbolon.kmip.enumeration.ClientRegistrationMethod;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.object.CapabilityInformation;
import org.symbolon.kmip.object.DefaultsInformation;
import org.symbolon.kmip.object.ExtensionInformation;
import org.symbolon.kmip.object.ObjectGroups;
import org.symbolon.kmip.object.ProfileInformation;
import org.symbolon.kmip.object.ProtectionStorageMasks;
import org.symbolon.kmip.object.RngParameters;
import org.symbolon.kmip.object.ValidationInformation;
import org.symbolon.kmip.ttlv.Ttlv;

/** The operation Query (KMIP 1.0 to 2.1). */
public final class Query {
    private Query() {}

    /** What is asked. */
    public record Request(
            List<QueryFunction> queryFunctions, @Nullable ObjectGroups objectGroups) implements KmipRequest<Response> {
        public Request {
            queryFunctions = List.copyOf(queryFunctions);
        }
    }

    /** What comes back. */
    public record Response(
            List<Operation> operations,
            List<ObjectType> objectTypes,
            @Nullable String vendorIdentification,
            @Nullable Ttlv serverInformation,
            List<String> applicationNamespaces,
            List<ExtensionInformation> extensionInformations,
            List<AttestationType> attestationTypes,
            List<RngParameters> rngParameters,
            List<ProfileInformation> profileInformations,
            List<ValidationInformation> validationInformations,
            List<CapabilityInformation> capabilityInformations,
            List<ClientRegistrationMethod> clientRegistrationMethods,
            @Nullable DefaultsInformation defaultsInformation,
            @Nullable ProtectionStorageMasks protectionStorageMasks)
            implements KmipResponse {
        public Response {
            operations = List.copyOf(operations);
            objectTypes = List.copyOf(objectTypes);
            applicationNamespaces = List.copyOf(applicationNamespaces);
            extensionInformations = List.copyOf(extensionInformations);
            attestationTypes = List.copyOf(attestationTypes);
            rngParameters = List.copyOf(rngParameters);
            profileInformations = List.copyOf(profileInformations);
            validationInformations = List.copyOf(validationInformations);
            capabilityInformations = List.copyOf(capabilityInformations);
            clientRegistrationMethods = List.copyOf(clientRegistrationMethods);
        }
    }
}
