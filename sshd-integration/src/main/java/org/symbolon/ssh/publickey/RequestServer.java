package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Text;

/** Does what a user asks, or refuses it with a status (RFC 4819 section 4, RFC 7076 section 4). */
final class RequestServer implements Request.Handler {
    private final SelfServiceStore store;
    private final SelfServicePolicy policy;
    private final SubsystemUser user;
    private final SubsystemVersion version;
    private final Packets packets;
    private final Namespaces namespaces;
    private final Quota quota;
    private final CertificateServer certificates;
    private final Audit audit;

    RequestServer(
            SelfServiceStore store,
            SelfServicePolicy policy,
            SubsystemUser user,
            SubsystemVersion version,
            Packets packets) {
        this.store = store;
        this.policy = policy;
        this.user = user;
        this.version = version;
        this.packets = packets;
        this.namespaces = new Namespaces(store, policy, user.name(), version);
        this.quota = new Quota(store, policy, user.name());
        this.certificates = new CertificateServer(store, user, packets, quota, namespaces);
        this.audit = new Audit(user);
    }

    @Override
    public void add(Request.Add request) throws IOException, TokenException {
        SshPublicKey key = key(request.algorithm(), request.blob());
        policy.checkKey(key);
        KeyAttributes attributes = KeyAttributes.ofKey(request.attributes(), policy.openSshServers(), version);
        String namespace = namespace(attributes);
        AuthorizedKeyOptions options = SelfServiceRecord.options(attributes, policy.imposed());
        namespaces.requireToAdd(namespace);
        Optional<AuthorizedKey> present = present(store.keys(namespace), key);
        if (present.isPresent() && !request.overwrite()) {
            throw new PublicKeySubsystemException(SubsystemStatus.KEY_ALREADY_PRESENT, "the key is there already");
        }
        if (present.isPresent()) {
            requireOwn(present.get());
        }
        quota.requireRoomForKey(
                namespace, key, Quota.bytes(key, options.selfService().orElse("")));
        store.create(namespace);
        store(namespace, key, options, attributes.comment());
        audit.key(present.isPresent() ? "overwrote" : "added", key, namespace, attributes.kept());
    }

    private void store(String namespace, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException, PublicKeySubsystemException {
        try {
            store.keys(namespace).add(user.name(), key, options, comment);
        } catch (IllegalArgumentException e) {
            throw new PublicKeySubsystemException(SubsystemStatus.KEY_NOT_SUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void remove(Request.Remove request) throws IOException, TokenException {
        SshPublicKey key = key(request.algorithm(), request.blob());
        String namespace = namespace(KeyAttributes.ofNamespace(request.attributes()));
        namespaces.require(NamespaceRight.REMOVE, namespace);
        AuthorizedKeys keys = store.keys(namespace);
        Optional<AuthorizedKey> present = present(keys, key);
        if (present.isPresent()) {
            requireOwn(present.get());
        }
        if (present.isEmpty() || !keys.remove(user.name(), key)) {
            throw new PublicKeySubsystemException(SubsystemStatus.KEY_NOT_FOUND, "you have no such key");
        }
        audit.key("removed", key, namespace, List.of());
    }

    @Override
    public void list(Request.ListKeys request) throws IOException, TokenException {
        for (String namespace : namespaces.visible(
                KeyAttributes.ofNamespace(request.attributes()).namespace())) {
            store.keys(namespace).<IOException>visit(user.name(), key -> {
                if (!key.isCertificateAuthority()) {
                    packets.write(entry(key, namespace).encode());
                }
            });
        }
    }

    private Answer.Key entry(AuthorizedKey key, String namespace) {
        List<KeyAttribute> attributes = new ArrayList<>(SelfServiceRecord.attributes(key));
        if (version == SubsystemVersion.RFC7076) {
            attributes.add(KeyAttribute.optional(KeyAttribute.NAMESPACE, namespace));
        }
        return new Answer.Key(key.key().type().wireName(), Bytes.wrap(key.key().blob()), attributes);
    }

    @Override
    public void listAttributes() throws IOException {
        Set<String> compulsory = KeyAttributes.describe(policy.imposed()).stream()
                .map(KeyAttribute::name)
                .collect(Collectors.toSet());
        for (String name : KeyAttributes.known(policy.openSshServers())) {
            packets.write(new Answer.AttributeName(name, compulsory.contains(name)).encode());
        }
        if (version == SubsystemVersion.RFC7076) {
            packets.write(new Answer.AttributeName(KeyAttribute.NAMESPACE, false).encode());
        }
    }

    @Override
    public void addCertificate(Request.AddCertificate request) throws IOException, TokenException {
        certificates.add(request);
    }

    @Override
    public void removeCertificate(Request.RemoveCertificate request) throws IOException, TokenException {
        certificates.remove(request);
    }

    @Override
    public void listCertificates(Request.ListCertificates request) throws IOException, TokenException {
        certificates.list(request);
    }

    @Override
    public void listNamespaces() throws IOException, TokenException {
        for (String namespace : namespaces.visible(Optional.empty())) {
            packets.write(new Answer.Namespace(namespace).encode());
        }
    }

    @Override
    public void unknown(Request.Unknown request) throws PublicKeySubsystemException {
        throw new PublicKeySubsystemException(
                SubsystemStatus.REQUEST_NOT_SUPPORTED,
                "version " + version.number() + " has no request \"" + Text.quoted(request.name()) + "\"");
    }

    private Optional<AuthorizedKey> present(AuthorizedKeys keys, SshPublicKey key) throws TokenException {
        Optional<AuthorizedKey> login = keys.find(user.name(), key);
        return login.isPresent() ? login : keys.findAuthority(user.name(), key);
    }

    private static void requireOwn(AuthorizedKey key) throws PublicKeySubsystemException {
        if (SelfServiceRecord.isAdministrators(key)) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.ACCESS_DENIED, "an administrator restricted the key; ask there to change it");
        }
    }

    private static String namespace(KeyAttributes attributes) {
        return attributes.namespace().orElse(KeyAttributes.SSH);
    }

    /** The key, if its blob is one of the algorithm that the request says. */
    private static SshPublicKey key(String algorithm, Bytes blob) throws PublicKeySubsystemException {
        try {
            SshPublicKey key = SshPublicKey.parse(blob.toByteArray());
            if (key.type().wireName().equals(algorithm)) {
                return key;
            }
            throw new PublicKeySubsystemException(
                    SubsystemStatus.KEY_NOT_SUPPORTED,
                    "the key is " + key.type().wireName() + ", not \"" + Text.quoted(algorithm) + "\"");
        } catch (SshFormatException e) {
            throw new PublicKeySubsystemException(SubsystemStatus.KEY_NOT_SUPPORTED, String.valueOf(e.getMessage()));
        }
    }
}
