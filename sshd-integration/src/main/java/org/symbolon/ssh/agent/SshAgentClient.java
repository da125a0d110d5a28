package org.symbolon.ssh.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/**
 * Uses the keys of an ssh-agent that runs: OpenSSH's, one of a YubiKey, of a password manager, or ours.
 *
 * <pre>{@code
 * try (SshAgentClient agent = SshAgentClient.of(Path.of("/run/user/1000/agent.sock"))) {
 *     for (AgentIdentity identity : agent.identities()) {
 *         log.info("{} {}", identity.comment(), identity.key());
 *     }
 * }
 * }</pre>
 *
 * <p>Connects when it is first asked, keeps a few connections, and connects again where the agent was restarted. Answers are
 * bounded before they are read. Thread-safe; calls block for at most the timeout - a key that asks a person lets them wait - and
 * answer interruption. It throws {@link TokenUnavailableException} where no agent answers, {@link TokenProtocolException} where
 * the answer is none, {@link TokenPermissionException} where the agent says no: it does not say why.
 */
public final class SshAgentClient implements AutoCloseable {
    /** How long a call may take unless it is said otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_IDLE = 8;

    private final Path socket;
    private final Duration timeout;
    private final ConcurrentLinkedDeque<AgentChannel> idle = new ConcurrentLinkedDeque<>();
    private final CallWatch watch = new CallWatch();
    private volatile boolean closed;

    private SshAgentClient(Path socket, Duration timeout) {
        this.socket = socket;
        this.timeout = timeout;
    }

    /**
     * Returns a client with the usual timeout.
     *
     * @param socket the agent's socket, as {@code SSH_AUTH_SOCK} has it
     * @return the client, to be closed
     */
    public static SshAgentClient of(Path socket) {
        return of(socket, DEFAULT_TIMEOUT);
    }

    /**
     * Returns a client.
     *
     * @param socket the agent's socket
     * @param timeout how long a call may take, more than zero
     * @return the client, to be closed
     */
    public static SshAgentClient of(Path socket, Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout is more than zero, not " + timeout);
        }
        return new SshAgentClient(socket, timeout);
    }

    /**
     * Where the agent is.
     *
     * @return its socket
     */
    public Path socket() {
        return socket;
    }

    /**
     * Asks which keys there are.
     *
     * @return keys and certificates, at most 2,048; none while the agent is locked
     * @throws TokenException if there is no answer
     */
    public List<AgentIdentity> identities() throws TokenException {
        return identities(Deadline.after(timeout));
    }

    List<AgentIdentity> identities(Deadline deadline) throws TokenException {
        return ask(
                new AgentRequest.List(),
                deadline,
                answer -> answer instanceof AgentAnswer.Identities found
                        ? Optional.of(found.identities())
                        : Optional.empty(),
                "list its keys");
    }

    /**
     * Signs with a key.
     *
     * @param identity the key, or a certificate of it
     * @param algorithm one of its type's algorithms
     * @param data what is signed, at most 256 KiB with the key; the agent hashes it itself, and may refuse data that is not of SSH
     * @return the signature
     * @throws TokenException if the agent refuses or does not answer
     */
    public SshSignature sign(AgentIdentity identity, SshSignatureAlgorithm algorithm, byte[] data)
            throws TokenException {
        return sign(identity.blob(), algorithm, data, Deadline.after(timeout));
    }

    SshSignature sign(Bytes blob, SshSignatureAlgorithm algorithm, byte[] data, Deadline deadline)
            throws TokenException {
        if (blob.length() + data.length > AgentFrame.MAX_BYTES - 16) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_DATA_LEN_RANGE"),
                    "agents sign at most " + AgentFrame.MAX_BYTES + " bytes, key included; these are " + data.length);
        }
        long flags = switch (algorithm) {
            case RSA_SHA2_256 -> AgentCode.RSA_SHA2_256;
            case RSA_SHA2_512 -> AgentCode.RSA_SHA2_512;
            case ECDSA_P256, ECDSA_P384, ECDSA_P521, ED25519 -> 0;
        };
        Bytes made = ask(
                new AgentRequest.Sign(blob, Bytes.wrap(data), flags),
                deadline,
                answer -> answer instanceof AgentAnswer.Signature signature
                        ? Optional.of(signature.blob())
                        : Optional.empty(),
                "sign with " + algorithm.wireName());
        try {
            SshSignature signature = SshSignature.parse(made.toByteArray());
            if (signature.algorithm() != algorithm) {
                throw malformed(
                        "it signed with " + signature.algorithm().wireName() + " instead of " + algorithm.wireName(),
                        null);
            }
            return signature;
        } catch (SshFormatException e) {
            throw malformed(e.getMessage(), e);
        }
    }

    /**
     * Lets the agent log in to a token, as {@code ssh-add -s} does.
     *
     * @param id the token, by the name that the agent knows it by
     * @param pin the PIN; the caller's to close
     * @throws TokenException if the agent refuses or does not answer
     */
    public void addSmartcard(String id, Pin pin) throws TokenException {
        try (AgentRequest.AddSmartcard request =
                new AgentRequest.AddSmartcard(id, SecretBytes.takeOver(pin.toUtf8()), KeyConstraints.NONE)) {
            done(request, "open the token");
        }
    }

    /**
     * Lets the agent log out of a token.
     *
     * @param id the token, as it was named to {@link #addSmartcard}
     * @throws TokenException if the agent refuses or does not answer
     */
    public void removeSmartcard(String id) throws TokenException {
        done(new AgentRequest.RemoveSmartcard(id), "close the token");
    }

    /**
     * Locks the agent.
     *
     * @param passphrase what unlocks it; the caller's to close
     * @throws TokenException if the agent refuses or does not answer
     */
    public void lock(Pin passphrase) throws TokenException {
        try (AgentRequest.Lock request = new AgentRequest.Lock(SecretBytes.takeOver(passphrase.toUtf8()))) {
            done(request, "lock itself");
        }
    }

    /**
     * Unlocks the agent.
     *
     * @param passphrase what it was locked with; the caller's to close
     * @throws TokenException if the agent refuses or does not answer
     */
    public void unlock(Pin passphrase) throws TokenException {
        try (AgentRequest.Unlock request = new AgentRequest.Unlock(SecretBytes.takeOver(passphrase.toUtf8()))) {
            done(request, "unlock itself");
        }
    }

    private void done(AgentRequest.Sent request, String what) throws TokenException {
        ask(
                request,
                Deadline.after(timeout),
                answer -> answer instanceof AgentAnswer.Success success ? Optional.of(success) : Optional.empty(),
                what);
    }

    /**
     * Asks the agent.
     *
     * @param wanted takes the answer that was hoped for, and no other
     * @param what it is asked to do, for messages
     */
    private <T> T ask(
            AgentRequest.Sent request, Deadline deadline, Function<AgentAnswer, Optional<T>> wanted, String what)
            throws TokenException {
        AgentAnswer answer = answer(request, deadline);
        if (answer instanceof AgentAnswer.Failure) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_FUNCTION_REJECTED"), "the agent on " + socket + " refuses to " + what);
        }
        return wanted.apply(answer)
                .orElseThrow(() -> malformed("its answer is of another kind than what was asked", null));
    }

    private AgentAnswer answer(AgentRequest.Sent request, Deadline deadline) throws TokenException {
        AgentChannel kept = idle.pollFirst();
        if (kept != null) {
            try {
                return exchange(kept, request, deadline);
            } catch (Lost e) {
                deadline.check("the agent on " + socket); // it may have been restarted: on a new connection, then
            }
        }
        try {
            return exchange(connect(), request, deadline);
        } catch (Lost e) {
            throw unavailable("the agent on " + socket + " is lost: " + e.getMessage(), e);
        }
    }

    private AgentChannel connect() throws TokenUnavailableException {
        try {
            return AgentChannel.open(socket);
        } catch (IOException e) {
            throw unavailable("no agent listens on " + socket + ": " + e.getMessage(), e);
        }
    }

    /** A connection that ended before the answer came. */
    private static final class Lost extends IOException {
        private static final long serialVersionUID = 1L;

        Lost(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private AgentAnswer exchange(AgentChannel channel, AgentRequest.Sent request, Deadline deadline)
            throws TokenException, Lost {
        boolean good = false;
        try (CallWatch.Call call = watch.watch(channel::close, deadline, Patience.ENDLESS)) {
            try {
                AgentAnswer answer = AgentAnswer.parse(channel.exchange(request.encode()));
                good = true;
                return answer;
            } catch (MalformedAgentMessageException | SshFormatException e) {
                throw malformed(e.getMessage(), e);
            } catch (IOException e) {
                if (call.wasCut() || Thread.currentThread().isInterrupted()) {
                    deadline.check("the agent on " + socket);
                }
                throw new Lost(e);
            }
        } finally {
            keep(channel, good);
        }
    }

    private void keep(AgentChannel channel, boolean good) {
        if (good && !closed && idle.size() < MAX_IDLE) {
            idle.addFirst(channel);
        } else {
            channel.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    private TokenProtocolException malformed(@Nullable String why, @Nullable Throwable cause) {
        return new TokenProtocolException(
                Status.ckr("CKR_DEVICE_ERROR"),
                "the agent on " + socket + " does not speak the protocol: " + why,
                cause);
    }

    private static TokenUnavailableException unavailable(String why, IOException cause) {
        return new TokenUnavailableException(Status.ckr("CKR_TOKEN_NOT_PRESENT"), why, cause);
    }

    private void closeIdle() {
        for (AgentChannel each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            each.close();
        }
    }

    /** Closes the connections. Idempotent, throws nothing. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
        watch.close();
    }
}
