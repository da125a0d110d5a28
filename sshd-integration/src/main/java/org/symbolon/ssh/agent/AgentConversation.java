package org.symbolon.ssh.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;

/**
 * What is said on one connection to an agent. A request that is refused or malformed is answered by a failure, and the connection
 * goes on. By one thread at a time.
 */
final class AgentConversation implements AgentRequest.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConversation.class);
    private static final List<String> EXTENSIONS = List.of(AgentExtension.QUERY, AgentExtension.SESSION_BIND);

    private final Keyring keyring;
    private final AgentLock lock;
    private final AgentRules rules;
    private final String client;
    private final String user;
    private final boolean owner;
    private final SessionBindings bindings = new SessionBindings();

    /**
     * Begins a conversation.
     *
     * @param client who it is, for the log
     * @param user the name of the client's user
     * @param owner whether that is the agent's own, who may change what it holds
     */
    AgentConversation(Keyring keyring, AgentLock lock, AgentRules rules, String client, String user, boolean owner) {
        this.keyring = keyring;
        this.lock = lock;
        this.rules = rules;
        this.client = client;
        this.user = user;
        this.owner = owner;
    }

    /** Returns the answer to a request, type and body. */
    byte[] answer(byte[] payload) {
        try (AgentRequest request = AgentRequestReader.read(payload)) {
            return request.answeredBy(this).encode();
        } catch (AgentRefusal e) {
            AgentAudit.refused(client, e.reason());
        } catch (SshFormatException e) {
            LOG.debug("{} sent what is no request: {}", client, e.getMessage());
        }
        return AgentAnswer.FAILURE.encode();
    }

    // ---- listing and signing

    @Override
    public AgentAnswer list() {
        if (lock.isLocked()) {
            return new AgentAnswer.Identities(List.of());
        }
        keyring.expire(System.nanoTime());
        return new AgentAnswer.Identities(
                identities(keyring.keys().stream().filter(this::isVisible).toList()));
    }

    /** Returns keys as they are listed, each followed by its certificates. */
    static List<AgentIdentity> identities(List<HeldKey> keys) {
        List<AgentIdentity> identities = new ArrayList<>();
        for (HeldKey key : keys) {
            identities.add(new AgentIdentity(Bytes.wrap(key.publicKey().blob()), key.comment()));
            key.certificates()
                    .forEach(each -> identities.add(new AgentIdentity(Bytes.wrap(each.blob()), key.comment())));
        }
        return identities;
    }

    private boolean isVisible(HeldKey key) {
        return key.policy().isFor(user) && destinations(key).isVisible(bindings);
    }

    private DestinationCheck destinations(HeldKey key) {
        return new DestinationCheck(key.constraints().destinations(), rules.clock());
    }

    @Override
    public AgentAnswer sign(AgentRequest.Sign request) throws AgentRefusal {
        requireUnlocked();
        keyring.expire(System.nanoTime());
        HeldKey key = keyring.find(request.key())
                .filter(found -> found.policy().isFor(user))
                .orElseThrow(() -> new AgentRefusal("no such key is here"));
        byte[] data = request.data().sharedArray();
        SignedData meaning = SignedData.of(data);
        try {
            SshSignatureAlgorithm algorithm = key.algorithm(request.flags());
            requireAllowed(key, meaning);
            byte[] signature = key.signer().sign(algorithm, data).toBlob();
            AgentAudit.signed(client, key, meaning, bindings);
            return new AgentAnswer.Signature(Bytes.wrap(signature));
        } catch (AgentRefusal e) {
            AgentAudit.refused(client, key, meaning, bindings, e.reason());
        } catch (TokenException | SshFormatException e) {
            AgentAudit.refused(client, key, meaning, bindings, "the token did not sign: " + e.getMessage());
            LOG.debug("No signature", e);
        } catch (IllegalStateException e) { // its session was closed by ssh-add -e on another connection
            AgentAudit.refused(client, key, meaning, bindings, "the token was closed");
            LOG.debug("No signature", e);
        }
        return AgentAnswer.FAILURE;
    }

    private void requireAllowed(HeldKey key, SignedData meaning) throws AgentRefusal {
        key.policy().require(meaning, bindings, rules.clock().instant());
        destinations(key).require(meaning, bindings);
        if (meaning.login().isPresent() && !isOfKey(meaning.login().get(), key)) {
            throw new AgentRefusal("the login is by another key");
        }
        if (key.mustBeConfirmed()) {
            AgentConfirmation confirmation = rules.confirmation()
                    .orElseThrow(
                            () -> new AgentRefusal("each use is to be confirmed, and no askpass program is known"));
            String question = "Allow use of key \"" + Text.quoted(key.comment()) + "\"?\nKey fingerprint "
                    + key.publicKey().fingerprint() + ".\nFor: " + AgentAudit.described(meaning, bindings) + ".";
            if (!confirmation.isConfirmed(question)) {
                throw new AgentRefusal("its use was not confirmed");
            }
        }
    }

    /** Whether a login is by the key or by a certificate of it, of which the agent need not know. */
    private static boolean isOfKey(SignedData.Login login, HeldKey key) {
        try {
            return HostKey.parse(login.keyBlob().sharedArray()).key().equals(key.publicKey());
        } catch (SshFormatException e) {
            LOG.debug("A login by what is no key: {}", e.getMessage());
            return false;
        }
    }

    // ---- changing what the agent holds

    @Override
    public AgentAnswer add(AgentRequest.Add request) throws AgentRefusal {
        requireOwner("add a key");
        if (!rules.addedKeys()) {
            throw new AgentRefusal("private keys are not taken: they belong into a token (symbolon key import)");
        }
        KeyConstraints constraints = request.constraints().or(rules.defaults());
        requireConfirmable(constraints);
        keyring.add(request.key(), constraints);
        AgentAudit.did(client, "adds key " + request.key().publicKey().fingerprint());
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer remove(AgentRequest.Remove request) throws AgentRefusal {
        requireOwner("remove a key");
        if (!keyring.remove(request.key())) {
            throw new AgentRefusal("no such key is here");
        }
        AgentAudit.did(client, "removes a key from the agent");
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer removeAll() throws AgentRefusal {
        requireOwner("remove all keys");
        keyring.removeAll();
        AgentAudit.did(client, "removes all keys from the agent");
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer addSmartcard(AgentRequest.AddSmartcard request) throws AgentRefusal {
        requireOwner("open a token");
        requireHere("open a token");
        KeyConstraints constraints = request.constraints().or(rules.defaults());
        requireConfirmable(constraints);
        String shown = "\"" + Text.quoted(request.id()) + "\"";
        try (Pin pin = Pin.ofUtf8(request.pin().sharedArray())) {
            OpenToken token = rules.tokens()
                    .open(request.id(), pin)
                    .orElseThrow(() -> new AgentRefusal("no token " + shown + " may be opened here"));
            keyring.add(request.id(), OpenedToken.of(token, constraints));
        } catch (TokenException | ConfigurationException e) {
            throw new AgentRefusal("token " + shown + " does not open: " + e.getMessage(), e);
        }
        AgentAudit.did(client, "opens token " + shown);
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer removeSmartcard(AgentRequest.RemoveSmartcard request) throws AgentRefusal {
        requireOwner("close a token");
        requireHere("close a token");
        String shown = "\"" + Text.quoted(request.id()) + "\"";
        if (!keyring.removeToken(request.id())) {
            throw new AgentRefusal("no token " + shown + " was opened by ssh-add -s");
        }
        AgentAudit.did(client, "closes token " + shown);
        return AgentAnswer.SUCCESS;
    }

    /** A key that must be confirmed, and cannot be, is of no use: its owner hears so now. */
    private void requireConfirmable(KeyConstraints constraints) throws AgentRefusal {
        if (constraints.confirm() && rules.confirmation().isEmpty()) {
            throw new AgentRefusal("each use is to be confirmed, and no askpass program is known");
        }
    }

    // ---- the lock, and extensions

    @Override
    public AgentAnswer lock(AgentRequest.Lock request) throws AgentRefusal {
        requireOwner("lock the agent");
        lock.lock(request.passphrase());
        AgentAudit.did(client, "locks the agent");
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer unlock(AgentRequest.Unlock request) throws AgentRefusal {
        requireOwnUser("unlock the agent");
        lock.unlock(request.passphrase());
        AgentAudit.did(client, "unlocks the agent");
        return AgentAnswer.SUCCESS;
    }

    @Override
    public AgentAnswer extension(AgentRequest.Extension request) throws AgentRefusal {
        switch (request.name()) {
            case AgentExtension.SESSION_BIND -> {
                bindings.bind(request.contents().toByteArray());
                return AgentAnswer.SUCCESS;
            }
            case AgentExtension.QUERY -> {
                requireUnlocked();
                SshWriter names = new SshWriter().string(AgentExtension.QUERY);
                EXTENSIONS.forEach(names::string);
                return new AgentAnswer.ExtensionResponse(Bytes.wrap(names.toByteArray()));
            }
            default -> {
                LOG.debug("{} asks for extension \"{}\"", client, Text.quoted(request.name()));
                return AgentAnswer.FAILURE;
            }
        }
    }

    private void requireUnlocked() throws AgentRefusal {
        if (lock.isLocked()) {
            throw new AgentRefusal("the agent is locked; ssh-add -X unlocks it");
        }
    }

    private void requireOwner(String what) throws AgentRefusal {
        requireUnlocked();
        requireOwnUser(what);
    }

    private void requireOwnUser(String what) throws AgentRefusal {
        if (!owner) {
            throw new AgentRefusal("only the user that the agent runs as may " + what);
        }
    }

    /** Who reaches the agent from another host, by a forwarding, does not type PINs there. */
    private void requireHere(String what) throws AgentRefusal {
        Optional<SessionBindings.Binding> last = bindings.last();
        if (last.isPresent() || bindings.failed()) {
            throw new AgentRefusal("nobody may " + what + " on a connection that belongs to an SSH session");
        }
    }
}
