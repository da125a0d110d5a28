package org.symbolon.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code symbolon serve} shows to KMIP clients, where and to whom.
 *
 * @param tls the port, with its keys and the authorities whose clients are let in
 * @param token the name of the token that is served; empty if there is one only
 * @param path where HTTP requests are sent to; empty where none are taken
 * @param idle how long a client may say nothing
 * @param certificates whether a client needs a certificate
 * @param credentials whether each request needs a credential
 * @param clientName which name of its certificate a client is called by
 * @param users who has a password, by name
 * @param administrators the names of those who have all objects
 * @param groups with whom Object Groups are shared, by name
 * @param publicObjects whether everybody sees public keys and certificates
 * @param unownedObjects whether everybody has the objects that no KMIP client made
 * @param keepDestroyed how long the attributes of destroyed objects are kept; zero for not at all
 * @param leaseTime how long clients may keep what they got before they ask again; zero for leases without an end
 * @param uniqueNames whether two objects that are not destroyed may not have the same Name
 */
public record KmipConfiguration(
        ServeConfiguration.Tls tls,
        Optional<String> token,
        Optional<String> path,
        Duration idle,
        boolean certificates,
        boolean credentials,
        ClientName clientName,
        Map<String, User> users,
        Set<String> administrators,
        Map<String, Group> groups,
        boolean publicObjects,
        boolean unownedObjects,
        Duration keepDestroyed,
        Duration leaseTime,
        boolean uniqueNames) {
    /** Which name of a certificate a client is called by. */
    public enum ClientName {
        /** The whole subject. */
        SUBJECT,
        /** The subject's CN. */
        COMMON_NAME,
        /** The first mail address of the Subject Alternative Names. */
        EMAIL,
        /** The first DNS name of the Subject Alternative Names. */
        DNS,
        /** The first URI of the Subject Alternative Names. */
        URI
    }

    /**
     * Somebody with a password.
     *
     * @param password where it is, or its hash
     * @param certificate the name of the only certificate that the user comes with
     * @param oneTimeKey where the key of the user's one time passwords is
     * @param devices the serial numbers of devices that are this user
     */
    public record User(
            Secret password, Optional<String> certificate, Optional<SecretReference> oneTimeKey, Set<String> devices) {
        /** Copies the set. */
        public User {
            devices = Set.copyOf(devices);
        }
    }

    /** A password, as it is kept. */
    public sealed interface Secret {
        /**
         * One that is elsewhere.
         *
         * @param reference where
         */
        record Referred(SecretReference reference) implements Secret {}

        /**
         * One of which the hash is here.
         *
         * @param text the hash as {@code symbolon password-hash} prints it
         */
        record Hashed(String text) implements Secret {}
    }

    /**
     * With whom an Object Group is shared.
     *
     * @param readers who sees and uses its objects
     * @param writers who changes them too, and puts others into it
     */
    public record Group(Set<String> readers, Set<String> writers) {
        /** Copies the sets. */
        public Group {
            readers = Set.copyOf(readers);
            writers = Set.copyOf(writers);
        }
    }

    /** Copies the collections. */
    public KmipConfiguration {
        users = Map.copyOf(users);
        administrators = Set.copyOf(administrators);
        groups = Map.copyOf(groups);
    }
}
