package org.symbolon.kmip;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * Which version a server is spoken to in: the highest that both speak, asked for once (KMIP 2.1 section 6.1.16), or the one that
 * was set. Thread-safe.
 */
final class VersionNegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(VersionNegotiation.class);
    private static final List<KmipVersion> ASKED_IN = List.of(KmipVersion.V1_2, KmipVersion.V1_1);

    private final Exchange exchange;
    private final ServerAddress server;
    private volatile @Nullable KmipVersion agreed;

    VersionNegotiation(Exchange exchange, ServerAddress server, Optional<KmipVersion> set) {
        this.exchange = exchange;
        this.server = server;
        this.agreed = set.orElse(null);
    }

    KmipVersion version(Deadline deadline) throws TokenException {
        KmipVersion known = agreed;
        if (known == null) {
            known = negotiate(deadline);
            agreed = known;
        }
        return known;
    }

    private KmipVersion negotiate(Deadline deadline) throws TokenException {
        for (KmipVersion askedIn : ASKED_IN) {
            Exchange.Outcome outcome;
            try {
                outcome = exchange.send(
                                List.of(new DiscoverVersions.Request(KmipVersion.SUPPORTED)),
                                Exchange.BatchOptions.SINGLE,
                                askedIn,
                                deadline)
                        .get(0);
            } catch (TokenProtocolException e) {
                LOG.debug("{} does not understand Discover Versions in KMIP {}", server, askedIn, e);
                continue; // the next is lower
            }
            if (outcome.failure() instanceof MechanismNotSupportedException) {
                return KmipVersion.V1_0; // the operation came with 1.1
            }
            if (outcome.failure() != null && !(outcome.failure() instanceof TokenProtocolException)) {
                throw outcome.failure();
            }
            if (outcome.response() instanceof DiscoverVersions.Response response) {
                return highestCommon(response.protocolVersions());
            }
        }
        return KmipVersion.V1_0;
    }

    private KmipVersion highestCommon(List<KmipVersion> offered) throws TokenException {
        return KmipVersion.SUPPORTED.stream()
                .filter(offered::contains)
                .findFirst()
                .orElseThrow(() -> new TokenProtocolException(
                        new Status("UnsupportedProtocolVersion", 0x3F),
                        server + " speaks KMIP " + Objects.toString(offered) + ", this client "
                                + KmipVersion.SUPPORTED));
    }
}
