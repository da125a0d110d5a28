package org.symbolon.ssh.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * What a key is given to an agent with (RFC 9987 section 5.2.7).
 *
 * @param lifetime how long the agent keeps it; in whole seconds
 * @param confirm whether each use is confirmed by a person
 * @param destinations where it may be used; everywhere if empty
 * @param certificates certificates of a token's keys, shown beside them
 */
record KeyConstraints(
        Optional<Duration> lifetime,
        boolean confirm,
        List<DestinationConstraint> destinations,
        List<SshCertificate> certificates) {
    static final KeyConstraints NONE = new KeyConstraints(Optional.empty(), false, List.of(), List.of());

    private static final int LIFETIME = 1;
    private static final int CONFIRM = 2;
    private static final int EXTENSION = 255;
    private static final int MAX_DESTINATIONS = 1024;
    private static final int MAX_CERTIFICATES = 1024;

    KeyConstraints {
        destinations = List.copyOf(destinations);
        certificates = List.copyOf(certificates);
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** Returns these, with another's lifetime and confirmation where these have none. */
    KeyConstraints or(KeyConstraints defaults) {
        return new KeyConstraints(
                lifetime.or(defaults::lifetime), confirm || defaults.confirm, destinations, certificates);
    }

    /** Reads what is left of a message. What is not known makes the whole message fail. */
    static KeyConstraints read(SshReader reader) throws SshFormatException {
        Optional<Duration> lifetime = Optional.empty();
        boolean confirm = false;
        List<DestinationConstraint> destinations = new ArrayList<>();
        List<SshCertificate> certificates = new ArrayList<>();
        while (reader.remaining() > 0) {
            int start = reader.position();
            int type = reader.octet("constraint");
            switch (type) {
                case LIFETIME -> lifetime = Optional.of(Duration.ofSeconds(reader.uint32("lifetime")));
                case CONFIRM -> confirm = true;
                case EXTENSION -> readExtension(reader, destinations, certificates);
                default -> throw reader.error("constraint " + type + " is not known", start);
            }
        }
        return new KeyConstraints(lifetime, confirm, destinations, certificates);
    }

    private static void readExtension(
            SshReader reader, List<DestinationConstraint> destinations, List<SshCertificate> certificates)
            throws SshFormatException {
        int start = reader.position();
        String name = reader.name("constraint", AgentRequest.MAX_TEXT_BYTES);
        switch (name) {
            case AgentExtension.RESTRICT_DESTINATION -> {
                if (!destinations.isEmpty()) {
                    throw reader.error("destinations are restricted twice", start);
                }
                readDestinations(inner(reader, "destinations"), destinations);
            }
            case AgentExtension.ASSOCIATED_CERTIFICATES -> {
                reader.bool("certificates only"); // the keys beside them are offered by their own right here
                readCertificates(inner(reader, "certificates"), certificates);
            }
            default -> throw reader.error("constraint \"" + Text.quoted(name) + "\" is not known", start);
        }
    }

    private static void readDestinations(SshReader reader, List<DestinationConstraint> destinations)
            throws SshFormatException {
        do { // none would restrict nothing, which nobody means
            if (destinations.size() == MAX_DESTINATIONS) {
                throw reader.error("more than " + MAX_DESTINATIONS + " destinations", reader.position());
            }
            destinations.add(DestinationConstraint.read(inner(reader, "destination")));
        } while (reader.remaining() > 0);
    }

    private static void readCertificates(SshReader reader, List<SshCertificate> certificates)
            throws SshFormatException {
        while (reader.remaining() > 0) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw reader.error("more than " + MAX_CERTIFICATES + " certificates", reader.position());
            }
            certificates.add(SshCertificate.parse(reader.string("certificate", SshPublicKey.MAX_BLOB_BYTES)));
        }
    }

    private static SshReader inner(SshReader reader, String field) throws SshFormatException {
        return new SshReader(reader.string(field, AgentFrame.MAX_BYTES), "agent constraint, " + field);
    }

    /** Returns lifetime and confirmation as they travel: our client sends no others. */
    byte[] encode() {
        SshWriter writer = new SshWriter();
        lifetime.ifPresent(time -> writer.octet(LIFETIME).uint32(time.toSeconds()));
        if (confirm) {
            writer.octet(CONFIRM);
        }
        if (!destinations.isEmpty()) {
            SshWriter all = new SshWriter();
            destinations.forEach(destination -> all.string(destination.encode()));
            writer.octet(EXTENSION).string(AgentExtension.RESTRICT_DESTINATION).string(all.toByteArray());
        }
        return writer.toByteArray();
    }
}
