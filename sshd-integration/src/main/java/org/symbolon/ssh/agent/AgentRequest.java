package org.symbolon.ssh.agent;

import java.nio.ByteBuffer;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.ssh.SshWriter;

/** What a client asks of an agent: one record for each message of RFC 9987 section 5. {@link AgentRequestReader} reads them; whoever has read one closes it. */
sealed interface AgentRequest extends AutoCloseable {
    /** The longest name of a token, comment, extension or passphrase. */
    int MAX_TEXT_BYTES = 4096;

    /** What answers requests. */
    interface Handler {
        AgentAnswer list();

        AgentAnswer sign(Sign request) throws AgentRefusal;

        AgentAnswer add(Add request) throws AgentRefusal;

        AgentAnswer remove(Remove request) throws AgentRefusal;

        AgentAnswer removeAll() throws AgentRefusal;

        AgentAnswer addSmartcard(AddSmartcard request) throws AgentRefusal;

        AgentAnswer removeSmartcard(RemoveSmartcard request) throws AgentRefusal;

        AgentAnswer lock(Lock request) throws AgentRefusal;

        AgentAnswer unlock(Unlock request) throws AgentRefusal;

        AgentAnswer extension(Extension request) throws AgentRefusal;
    }

    /** Calls the handler's method for this request. */
    AgentAnswer answeredBy(Handler handler) throws AgentRefusal;

    /** Wipes what is secret. Idempotent. */
    @Override
    default void close() {}

    /** A request that our client sends, too. */
    sealed interface Sent extends AgentRequest {
        /** Returns the type and the body; the caller wipes it. */
        byte[] encode();
    }

    /** Asks which keys there are. */
    record List() implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) {
            return handler.list();
        }

        @Override
        public byte[] encode() {
            return new byte[] {AgentCode.REQUEST_IDENTITIES};
        }
    }

    /**
     * Asks for a signature.
     *
     * @param key the blob of a key or of its certificate
     * @param data what is signed
     * @param flags 2 and 4 choose an RSA key's hash
     */
    record Sign(Bytes key, Bytes data, long flags) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.sign(this);
        }

        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.SIGN_REQUEST)
                    .string(key.sharedArray())
                    .string(data.sharedArray())
                    .uint32(flags)
                    .toByteArray();
        }
    }

    /**
     * Hands a private key over.
     *
     * @param key the key, its certificate and comment
     * @param constraints what it is given with
     */
    record Add(AddedKey key, KeyConstraints constraints) implements AgentRequest {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.add(this);
        }
    }

    /**
     * Takes a key away.
     *
     * @param key the blob of the key or of its certificate
     */
    record Remove(Bytes key) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.remove(this);
        }

        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.REMOVE_IDENTITY)
                    .string(key.sharedArray())
                    .toByteArray();
        }
    }

    /** Takes all keys away. */
    record RemoveAll() implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.removeAll();
        }

        @Override
        public byte[] encode() {
            return new byte[] {AgentCode.REMOVE_ALL_IDENTITIES};
        }
    }

    /**
     * Logs in to a token, {@code ssh-add -s}.
     *
     * @param id which token, as it was typed
     * @param pin its PIN, empty if there is none
     * @param constraints what its keys are given with
     */
    record AddSmartcard(String id, SecretBytes pin, KeyConstraints constraints) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.addSmartcard(this);
        }

        @Override
        public byte[] encode() {
            boolean constrained = !constraints.isNone();
            return secretMessage(
                    constrained ? AgentCode.ADD_SMARTCARD_KEY_CONSTRAINED : AgentCode.ADD_SMARTCARD_KEY,
                    new SshWriter().string(id).toByteArray(),
                    pin,
                    constraints.encode());
        }

        @Override
        public void close() {
            pin.close();
        }
    }

    /**
     * Logs out of a token, {@code ssh-add -e}.
     *
     * @param id which token, as it was typed when it was added
     */
    record RemoveSmartcard(String id) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.removeSmartcard(this);
        }

        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.REMOVE_SMARTCARD_KEY)
                    .string(id)
                    .string("")
                    .toByteArray();
        }
    }

    /**
     * Locks the agent, {@code ssh-add -x}.
     *
     * @param passphrase what unlocks it
     */
    record Lock(SecretBytes passphrase) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.lock(this);
        }

        @Override
        public byte[] encode() {
            return secretMessage(AgentCode.LOCK, new byte[0], passphrase, new byte[0]);
        }

        @Override
        public void close() {
            passphrase.close();
        }
    }

    /**
     * Unlocks the agent, {@code ssh-add -X}.
     *
     * @param passphrase what it was locked with
     */
    record Unlock(SecretBytes passphrase) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.unlock(this);
        }

        @Override
        public byte[] encode() {
            return secretMessage(AgentCode.UNLOCK, new byte[0], passphrase, new byte[0]);
        }

        @Override
        public void close() {
            passphrase.close();
        }
    }

    /**
     * Something that not every agent can do.
     *
     * @param name which
     * @param contents its contents
     */
    record Extension(String name, Bytes contents) implements Sent {
        @Override
        public AgentAnswer answeredBy(Handler handler) throws AgentRefusal {
            return handler.extension(this);
        }

        @Override
        public byte[] encode() {
            return new SshWriter()
                    .octet(AgentCode.EXTENSION)
                    .string(name)
                    .raw(contents.sharedArray())
                    .toByteArray();
        }
    }

    /** Returns a message in one buffer of the right size, so that no copy of the secret is left behind. */
    private static byte[] secretMessage(int type, byte[] before, SecretBytes secret, byte[] after) {
        return ByteBuffer.allocate(1 + before.length + 4 + secret.length() + after.length)
                .put((byte) type)
                .put(before)
                .putInt(secret.length())
                .put(secret.toByteBuffer())
                .put(after)
                .array();
    }
}
