package org.symbolon.ssh.mina;

import java.util.Optional;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshPublicKey;

/**
 * What a {@link UserKeyCheck} says of a key that may log in, once it has signed.
 *
 * @param key the key that signs, of a certificate the one that it certifies
 * @param name what the log calls it, such as its fingerprint; nothing secret, no characters that break a line
 * @param restrictions what the login may do; enforced by the server
 * @param signature how the key's signature is verified
 * @param entry the authorized key that lets it in, the certificate authority's where it is certified; empty where there is none
 */
public record AcceptedUserKey(
        SshPublicKey key,
        String name,
        LoginRestrictions restrictions,
        SignatureCheck signature,
        Optional<AuthorizedKey> entry) {}
