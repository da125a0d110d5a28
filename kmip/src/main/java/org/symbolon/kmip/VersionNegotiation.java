package org.symbolon.kmip;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Asks a node for its versions (KMIP 2.1 section 6.1.16): it is spoken to in the highest that both speak. Thread-safe. */
final class VersionNegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(VersionNegotiation.class);
    private static final List<KmipVersion> ASKED_IN = List.of(KmipVersion.V1_2, KmipVersion.V1_1);

    private final Exchange exchange;

    VersionNegotiation(Exchange exchange) {
        this.exchange = exchange;
    }

    KmipVersion negotiate(Node node, AttemptTime time) throws TokenException, LostException {
        for (KmipVersion askedIn : ASKED_IN) {
            Exchange.Outcome outcome;
            try {
                outcome = ask(askedIn, node, time);
            } catch (TokenProtocolException e) {
                LOG.debug("{} does not understand Discover Versions in KMIP {}", node, askedIn, e);
                continue; // the next is lower
            }
            if (outcome.failure() instanceof MechanismNotSupportedException) {
                return KmipVersion.V1_0; // the operation came with 1.1
            }
            if (outcome.failure() != null && !(outcome.failure() instanceof TokenProtocolException)) {
                throw outcome.failure();
            }
            if (outcome.response() instanceof DiscoverVersions.Response response) {
                return highestCommon(node, response.protocolVersions());
            }
        }
        return KmipVersion.V1_0;
    }

    private Exchange.Outcome ask(KmipVersion version, Node node, AttemptTime time)
            throws TokenException, LostException {
        List<DiscoverVersions.Request> request = List.of(new DiscoverVersions.Request(KmipVersion.SUPPORTED));
        try {
            return exchange.sendIn(
                            version,
                            node,
                            request,
                            Exchange.BatchOptions.SINGLE,
                            exchange.shownToAnyVersion(),
                            null,
                            time)
                    .get(0);
        } catch (LostException e) {
            if (e.kind() != LostException.Kind.STALE) {
                throw e;
            }
            node.connections().forget();
            return exchange.sendIn(
                            version,
                            node,
                            request,
                            Exchange.BatchOptions.SINGLE,
                            exchange.shownToAnyVersion(),
                            null,
                            time)
                    .get(0);
        }
    }

    private static KmipVersion highestCommon(Node node, List<KmipVersion> offered) throws TokenException {
        return KmipVersion.SUPPORTED.stream()
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() -> new TokenProtocolException(
                        new Status("UnsupportedProtocolVersion", 0x3F),
                        node + " speaks KMIP " + Objects.toString(offered) + ", this client " + KmipVersion.SUPPORTED));
    }
}
