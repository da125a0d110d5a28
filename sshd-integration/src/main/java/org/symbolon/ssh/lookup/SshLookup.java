package org.symbolon.ssh.lookup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * The answers to sshd's questions, as lines that it reads. A key is asked for by one look-up; a name or key that cannot be is
 * answered as one that is not there. Thread-safe.
 *
 * @param keys who may log in with what
 */
public record SshLookup(AuthorizedKeys keys) {
    private static final Logger LOG = LoggerFactory.getLogger(SshLookup.class);
    private static final String SHA256 = "SHA256:";

    /**
     * The lines for {@code AuthorizedKeysCommand}.
     *
     * @param user the user's name ({@code %u})
     * @param offered what is offered: a key or certificate in base64 ({@code %k}), a key's fingerprint ({@code %f}), or nothing
     *     for all of the user's keys. With a fingerprint the user's CAs are given too, for it may be that of a certificate's key
     * @return lines of an authorized_keys file, perhaps none
     * @throws TokenException if the store cannot tell
     */
    public List<String> authorizedKeys(String user, String offered) throws TokenException {
        List<String> lines = new ArrayList<>();
        if (!offered.isEmpty() && !offered.startsWith(SHA256)) {
            find(user, offered).ifPresent(key -> lines.add(key.line().toLine()));
            return lines;
        }
        for (AuthorizedKey key : keys.list(user)) {
            if (offered.isEmpty()
                    || key.isCertificateAuthority()
                    || key.key().fingerprint().equals(offered)) {
                lines.add(key.line().toLine());
            }
        }
        return lines;
    }

    /**
     * The lines for {@code AuthorizedPrincipalsCommand}: the principals of which a certificate must have one to log in as the
     * user, with the restrictions of the user's trust in its CA. None if the user does not trust the CA.
     *
     * @param user the user's name ({@code %u})
     * @param authority the fingerprint of the CA's key ({@code %F}), or nothing for all CAs that the user trusts
     * @return lines of an authorized_principals file, perhaps none
     * @throws TokenException if the store cannot tell
     */
    public List<String> authorizedPrincipals(String user, String authority) throws TokenException {
        List<String> lines = new ArrayList<>();
        for (AuthorizedKey key : keys.list(user)) {
            if (key.isCertificateAuthority()
                    && (authority.isEmpty() || key.key().fingerprint().equals(authority))) {
                String options = options(key);
                List<String> principals = key.principals().isEmpty() ? List.of(user) : key.principals();
                principals.forEach(principal -> lines.add(options + principal));
            }
        }
        return lines;
    }

    private Optional<AuthorizedKey> find(String user, String base64) throws TokenException {
        try {
            byte[] blob = Base64.getDecoder().decode(base64);
            return isCertificate(blob)
                    ? keys.findAuthority(user, SshCertificate.parse(blob).authority())
                    : keys.find(user, SshPublicKey.parse(blob));
        } catch (SshFormatException | IllegalArgumentException e) {
            LOG.debug("A key was offered that is not supported: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether a blob says that it is a certificate; what else it is, its reader tells. */
    private static boolean isCertificate(byte[] blob) {
        int length = blob.length < Integer.BYTES ? 0 : blob[Integer.BYTES - 1] & 0xff;
        return blob.length >= Integer.BYTES + length
                && SshCertificate.isType(new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII));
    }

    /** The restrictions of a line without a key: those of the key's line up to the key. */
    private static String options(AuthorizedKey key) {
        AuthorizedKeyOptions plain = AuthorizedKeyOptions.of(key.restrictions());
        String line = AuthorizedKeysLine.of(key.key(), plain, "").toLine();
        return line.substring(0, line.length() - key.key().toOpenSshLine("").length());
    }
}
