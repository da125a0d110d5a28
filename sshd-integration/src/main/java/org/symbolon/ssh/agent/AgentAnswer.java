package org.symbolon.ssh.agent;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/** What an agent answers (RFC 9987 section 5). */
sealed interface AgentAnswer {
    /** The answer that says yes. */
    AgentAnswer SUCCESS = new Success();

    /** The answer that says no. */
    AgentAnswer FAILURE = new Failure(AgentCode.FAILURE);

    /** The answer of an extension that is known and said no. */
    AgentAnswer EXTENSION_FAILURE = new Failure(AgentCode.EXTENSION_FAILURE);

    /** The most identities that are read from an agent. */
    int MAX_IDENTITIES = 2048;

    /** Returns the type and the body. */
    byte[] encode();

    /** It was done. */
    record Success() implements AgentAnswer {
        @Override
        public byte[] encode() {
            return new byte[] {AgentCode.SUCCESS};
        }
    }

    /**
     * It was not done.
     *
     * @param code which of the two failures
     */
    record Failure(int code) implements AgentAnswer {
        @Override
        public byte[] encode() {
            return new byte[] {(byte) code};
        }
    }

    /**
     * The keys that there are.
     *
     * @param identities in the agent's order
     */
    record Identities(List<AgentIdentity> identities) implements AgentAnswer {
        public Identities {
            identities = List.copyOf(identities);
        }

        @Override
        public byte[] encode() {
            SshWriter writer =
                    new SshWriter().octet(AgentCode.IDENTITIES_ANSWER).uint32(identities.size());
            identities.forEach(
                    identity -> writer.string(identity.blob().sharedArray()).string(identity.comment()));
            return writer.toByteArray();
        }
    }

    /**
     * A signature.
     *
     * @param blob {@code string algorithm, string value}
     */
    record Signature(Bytes blob) implements AgentAnswer {
        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.SIGN_RESPONSE)
                    .string(blob.sharedArray())
                    .toByteArray();
        }
    }

    /**
     * What an extension has to say.
     *
     * @param contents beginning with the extension's name
     */
    record ExtensionResponse(Bytes contents) implements AgentAnswer {
        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.EXTENSION_RESPONSE)
                    .raw(contents.sharedArray())
                    .toByteArray();
        }
    }

    /**
     * Reads an answer.
     *
     * @param payload its type and body
     * @throws SshFormatException if it is none
     */
    static AgentAnswer parse(byte[] payload) throws SshFormatException {
        SshReader reader = new SshReader(payload, "agent answer");
        int type = reader.octet("type");
        AgentAnswer answer = switch (type) {
            case AgentCode.SUCCESS -> SUCCESS;
            case AgentCode.FAILURE -> FAILURE;
            case AgentCode.EXTENSION_FAILURE -> EXTENSION_FAILURE;
            case AgentCode.IDENTITIES_ANSWER -> identities(reader);
            case AgentCode.SIGN_RESPONSE ->
                new Signature(Bytes.wrap(reader.string("signature", SshPublicKey.MAX_BLOB_BYTES)));
            case AgentCode.EXTENSION_RESPONSE ->
                new ExtensionResponse(Bytes.wrap(reader.raw("contents", reader.remaining())));
            default -> throw reader.error("type " + type + " is not known", 0);
        };
        reader.end();
        return answer;
    }

    private static Identities identities(SshReader reader) throws SshFormatException {
        int start = reader.position();
        long count = reader.uint32("number of keys");
        if (count > MAX_IDENTITIES) {
            throw reader.error("it has " + count + " keys, at most " + MAX_IDENTITIES + " are read", start);
        }
        List<AgentIdentity> identities = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            Bytes blob = Bytes.wrap(reader.string("key", SshPublicKey.MAX_BLOB_BYTES));
            identities.add(new AgentIdentity(blob, reader.text("comment", AgentRequest.MAX_TEXT_BYTES)));
        }
        return new Identities(identities);
    }
}
