package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/** One client's use of the subsystem: the versions, then requests and their answers (RFC 4819 sections 3.2 to 3.4). */
final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeySubsystem.class);
    private static final String VERSION = "version";

    private final SelfServiceStore store;
    private final SelfServicePolicy policy;
    private final SubsystemUser user;
    private final Packets packets;

    Dialogue(SelfServiceStore store, SelfServicePolicy policy, SubsystemUser user, Packets packets) {
        this.store = store;
        this.policy = policy;
        this.user = user;
        this.packets = packets;
    }

    /** The packet that both sides send first. */
    static byte[] versionPacket(SubsystemVersion version) {
        return new SshWriter().string(VERSION).uint32(version.number()).toByteArray();
    }

    void run(SubsystemVersion highest) throws IOException {
        packets.write(versionPacket(highest));
        packets.flush();
        try {
            Optional<byte[]> first = packets.read();
            if (first.isEmpty()) {
                return;
            }
            Optional<SubsystemVersion> version = highest.agreedWith(announced(first.get()));
            if (version.isEmpty()) {
                answer(SubsystemStatus.VERSION_NOT_SUPPORTED, "version 2 or newer is wanted");
                return;
            }
            serve(new RequestServer(store, policy, user, version.get(), packets), version.get());
        } catch (SshFormatException e) {
            LOG.debug("The public key subsystem of {} ends: {}", user, e.getMessage());
            answer(SubsystemStatus.GENERAL_FAILURE, String.valueOf(e.getMessage()));
        }
    }

    private static long announced(byte[] packet) throws SshFormatException {
        SshReader in = new SshReader(packet, VERSION);
        if (!in.text("name", Request.MAX_NAME_BYTES).equals(VERSION)) {
            throw new SshFormatException("version: it must be the first packet", 0);
        }
        long number = in.uint32("number");
        in.end();
        return number;
    }

    private void serve(Request.Handler handler, SubsystemVersion version) throws IOException, SshFormatException {
        for (Optional<byte[]> packet = packets.read(); packet.isPresent(); packet = packets.read()) {
            try {
                Request.parse(packet.get(), version).dispatch(handler);
                answer(SubsystemStatus.SUCCESS, SubsystemStatus.SUCCESS.text());
            } catch (PublicKeySubsystemException e) {
                LOG.debug("Refused to {}: {}: {}", user, e.status(), e.getMessage());
                answer(e.status(), String.valueOf(e.getMessage()));
            } catch (SshFormatException e) {
                LOG.debug("Malformed, from {}: {}", user, e.getMessage());
                answer(SubsystemStatus.GENERAL_FAILURE, String.valueOf(e.getMessage()));
            } catch (TokenException | IllegalStateException e) {
                LOG.warn("The keys of {} cannot be managed now: {}", user, e.getMessage());
                answer(SubsystemStatus.GENERAL_FAILURE, "the store of keys cannot do it now, try again later");
            }
        }
    }

    private void answer(SubsystemStatus status, String description) throws IOException {
        packets.write(Answer.Status.of(status, description).encode());
        packets.flush();
    }
}
