package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKeys;

/**
 * Where users' keys and certificates are kept, by namespace. {@link TokenSelfServiceStore} keeps them in tokens.
 *
 * <p>The namespace {@code ssh} is always there: its keys are those with which users log in. What is in other namespaces lets
 * nobody in. A user's name is data and matched whole. Thread-safe.
 */
public interface SelfServiceStore {
    /**
     * The keys in a namespace.
     *
     * @param namespace its name
     * @return the keys, none where the namespace does not exist
     */
    AuthorizedKeys keys(String namespace);

    /**
     * The namespaces that exist.
     *
     * @return their names, {@code ssh} first
     * @throws TokenException if the store cannot tell
     */
    List<String> namespaces() throws TokenException;

    /**
     * Begins a namespace. Does nothing if it exists.
     *
     * @param namespace its name
     * @throws TokenException if the store refuses or fails
     * @throws PublicKeySubsystemException if there are too many, with {@link SubsystemStatus#CANNOT_CREATE_NAMESPACE}
     */
    void create(String namespace) throws TokenException, PublicKeySubsystemException;

    /**
     * Whether a user has a certificate in a namespace.
     *
     * @param user the user's name, any text
     * @param namespace the namespace
     * @param certificate the certificate, compared byte by byte
     * @return whether the store vouches for it
     * @throws TokenException if the store cannot tell
     */
    boolean has(String user, String namespace, X509Certificate certificate) throws TokenException;

    /**
     * Shows a user's certificates in a namespace, one after the other, without holding them all.
     *
     * @param user the user's name
     * @param namespace the namespace
     * @param visitor gets each
     * @throws TokenException if the store cannot tell
     * @throws IOException if the visitor throws it
     */
    void visit(String user, String namespace, CertificateVisitor visitor) throws TokenException, IOException;

    /**
     * Adds a certificate. Does nothing if the user has it there.
     *
     * @param user the user's name
     * @param namespace the namespace, which exists
     * @param certificate the certificate
     * @throws TokenException if the store refuses or fails
     */
    void add(String user, String namespace, X509Certificate certificate) throws TokenException;

    /**
     * Removes a certificate.
     *
     * @param user the user's name
     * @param namespace the namespace
     * @param certificate the certificate
     * @return whether the user had it there
     * @throws TokenException if the store refuses or fails
     */
    boolean remove(String user, String namespace, X509Certificate certificate) throws TokenException;

    /** Gets certificates. */
    @FunctionalInterface
    interface CertificateVisitor {
        /**
         * Gets one.
         *
         * @param der the certificate in DER, as it was added
         * @throws IOException to end the visit
         */
        void visit(byte[] der) throws IOException;
    }
}
