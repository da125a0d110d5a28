package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.key.Certificates;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.TokenAuthorizedKeys;

/**
 * Users' keys and certificates in tokens.
 *
 * <p>Keys of the namespace {@code ssh} are where the SSH server finds them. Every other namespace is a prefix of labels in one
 * token: {@code namespace}, a tab, the user's name. No user's name has a tab, so that no such label lets anyone in. A namespace
 * exists once there is a data object (CKO_DATA) of its name. Or a namespace is a token of its own, for example a KMIP Object
 * Group, in which labels are users' names.
 *
 * <p>Certificates are CKO_CERTIFICATE objects with the SHA-256 of the certificate as CKA_ID. Thread-safe.
 */
public final class TokenSelfServiceStore implements SelfServiceStore {
    private static final String APPLICATION = "SSH namespace";
    /** By this {@code x509.TokenCertificates} knows users' certificates, which are nobody's authorities. */
    private static final String SEPARATOR = "\t";

    private static final int MAX_NAMESPACES = 1000;
    private static final int STEP = 64;
    private static final Set<Attribute<?>> VALUE = Set.of(Attribute.VALUE);

    private final Session session;
    private final AuthorizedKeys logins;
    private final Map<String, Session> tokens;

    private TokenSelfServiceStore(Session session, AuthorizedKeys logins, Map<String, Session> tokens) {
        this.session = session;
        this.logins = logins;
        this.tokens = tokens;
    }

    /**
     * A store in one token.
     *
     * @param session the session to read and write with, logged in; it stays the caller's
     * @param logins the keys with which users log in
     * @return the store
     */
    public static TokenSelfServiceStore of(Session session, AuthorizedKeys logins) {
        return new TokenSelfServiceStore(session, logins, Map.of());
    }

    /**
     * This store with another token for one namespace.
     *
     * @param namespace the namespace, not {@code ssh}
     * @param itsToken a session with its token, logged in; it stays the caller's. Not one with authorities' certificates: users'
     *     would be among them
     * @return another store
     * @throws IllegalArgumentException for {@code ssh}, whose keys are where the SSH server finds them
     */
    public TokenSelfServiceStore withToken(String namespace, Session itsToken) {
        if (namespace.equals(KeyAttributes.SSH)) {
            throw new IllegalArgumentException("The namespace ssh is where users log in: its keys are given apart");
        }
        Map<String, Session> all = new HashMap<>(tokens);
        all.put(namespace, itsToken);
        return new TokenSelfServiceStore(session, logins, Map.copyOf(all));
    }

    @Override
    public AuthorizedKeys keys(String namespace) {
        if (namespace.equals(KeyAttributes.SSH)) {
            return logins;
        }
        Session own = tokens.get(namespace);
        return own != null
                ? TokenAuthorizedKeys.in(own)
                : TokenAuthorizedKeys.builder(session)
                        .labelPattern(namespace + SEPARATOR + "{user}")
                        .build();
    }

    @Override
    public List<String> namespaces() throws TokenException {
        Set<String> names = new LinkedHashSet<>();
        names.add(KeyAttributes.SSH);
        tokens.keySet().stream().sorted().forEach(names::add);
        try (ObjectCursor cursor = session.find(registered().limit(MAX_NAMESPACES), Set.of(Attribute.APPLICATION))) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                part.stream()
                        .filter(TokenSelfServiceStore::isRegistered)
                        .map(TokenObject::label)
                        .forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public void create(String namespace) throws TokenException, PublicKeySubsystemException {
        List<String> present = namespaces();
        if (present.contains(namespace)) {
            return;
        }
        if (present.size() >= MAX_NAMESPACES) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.CANNOT_CREATE_NAMESPACE, "there are " + present.size() + " namespaces already");
        }
        session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, APPLICATION)
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, false)
                .and(Template.label(namespace)));
    }

    @Override
    public boolean has(String user, String namespace, X509Certificate certificate) throws TokenException {
        return !found(user, namespace, certificate).isEmpty();
    }

    @Override
    public void visit(String user, String namespace, CertificateVisitor visitor) throws TokenException, IOException {
        try (ObjectCursor cursor = token(namespace).find(certificates(user, namespace), VALUE)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                for (TokenObject object : part) {
                    Optional<Bytes> der = object.attributes().find(Attribute.VALUE);
                    if (object.verified() && der.isPresent()) {
                        visitor.visit(der.get().toByteArray());
                    }
                }
            }
        }
    }

    @Override
    public void add(String user, String namespace, X509Certificate certificate) throws TokenException {
        if (!has(user, namespace, certificate)) {
            token(namespace).create(template(certificate).and(Template.label(label(user, namespace))));
        }
    }

    @Override
    public boolean remove(String user, String namespace, X509Certificate certificate) throws TokenException {
        List<TokenObject> found = found(user, namespace, certificate);
        for (TokenObject object : found) {
            token(namespace).destroy(object);
        }
        return !found.isEmpty();
    }

    private List<TokenObject> found(String user, String namespace, X509Certificate certificate) throws TokenException {
        Bytes der = der(certificate);
        List<TokenObject> same = new ArrayList<>();
        try (ObjectCursor cursor =
                token(namespace).find(certificates(user, namespace).id(id(certificate)), VALUE)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                part.stream()
                        .filter(object -> object.verified()
                                && object.attributes()
                                        .find(Attribute.VALUE)
                                        .map(der::equals)
                                        .orElse(false))
                        .forEach(same::add);
            }
        }
        return same;
    }

    private Session token(String namespace) {
        return Objects.requireNonNullElse(tokens.get(namespace), session);
    }

    private ObjectQuery certificates(String user, String namespace) {
        return ObjectQuery.certificates().label(label(user, namespace));
    }

    private String label(String user, String namespace) {
        return tokens.containsKey(namespace) ? user : namespace + SEPARATOR + user;
    }

    private static ObjectQuery registered() {
        return ObjectQuery.of(ObjectClass.DATA).with(Attribute.APPLICATION, APPLICATION);
    }

    private static Template template(X509Certificate certificate) {
        try {
            return Certificates.template(certificate)
                    .id(id(certificate))
                    .with(Attribute.PRIVATE, false)
                    .onToken();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Also where a token ignores what it is asked for and shows every data object. */
    private static boolean isRegistered(TokenObject object) {
        return object.verified()
                && object.attributes()
                        .find(Attribute.APPLICATION)
                        .filter(APPLICATION::equals)
                        .isPresent();
    }

    private static Bytes id(X509Certificate certificate) {
        try {
            return Bytes.wrap(
                    MessageDigest.getInstance("SHA-256").digest(der(certificate).toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate has no encoding", e);
        }
    }
}
