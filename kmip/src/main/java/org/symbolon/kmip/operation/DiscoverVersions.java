package org.symbolon.kmip.operation;

import java.util.List;
import org.symbolon.kmip.ttlv.KmipVersion;

/** The operation Discover Versions (KMIP 1.1 to 2.1). */
public final class DiscoverVersions {
    private DiscoverVersions() {}

    /** What is asked. */
    public record Request(List<KmipVersion> protocolVersions) implements KmipRequest<Response> {
        public Request {
            protocolVersions = List.copyOf(protocolVersions);
        }
    }

    /** What comes back. */
    public record Response(List<KmipVersion> protocolVersions) implements KmipResponse {
        public Response {
            protocolVersions = List.copyOf(protocolVersions);
        }
    }
}
