package org.symbolon.ssh.mina.x509;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.symbolon.Status;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.AcceptedUserKey;
import org.symbolon.ssh.mina.OfferedUserKey;
import org.symbolon.ssh.mina.UserKeyCheck;
import org.symbolon.ssh.x509.CertificateRefusedException;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;
import org.symbolon.ssh.x509.CertificateUsers;
import org.symbolon.ssh.x509.X509Algorithm;
import org.symbolon.ssh.x509.X509KeyBlob;
import org.symbolon.ssh.x509.X509Purpose;
import org.symbolon.ssh.x509.X509Validator;

/**
 * Lets users in by X.509 certificates (RFC 6187): valid ones, that are theirs. Needs {@link X509Ssh#acceptUsers} on the server.
 * Thread-safe.
 */
public final class X509UserKeys implements UserKeyCheck {
    private final X509Validator validator;
    private final CertificateUsers users;
    private final LoginRestrictions restrictions;

    /**
     * Users with all rights.
     *
     * @param validator which certificates are good
     * @param users whose they are
     */
    public X509UserKeys(X509Validator validator, CertificateUsers users) {
        this(validator, users, LoginRestrictions.UNRESTRICTED);
    }

    /**
     * Users with certain rights.
     *
     * @param validator which certificates are good
     * @param users whose they are
     * @param restrictions what every login by certificate may do
     */
    public X509UserKeys(X509Validator validator, CertificateUsers users, LoginRestrictions restrictions) {
        this.validator = validator;
        this.users = users;
        this.restrictions = restrictions;
    }

    @Override
    public boolean takes(String algorithm) {
        return X509Algorithm.byWireName(algorithm)
                .filter(validator.algorithms()::contains)
                .isPresent();
    }

    @Override
    public Optional<AcceptedUserKey> check(OfferedUserKey offered) throws GeneralSecurityException {
        X509KeyBlob blob = X509KeyBlob.parse(offered.blob().toByteArray());
        if (!blob.algorithm().wireName().equals(offered.algorithm())) {
            throw new SshFormatException(
                    "The key says " + blob.algorithm().wireName() + ", the request said " + offered.algorithm());
        }
        String source = offered.source().map(InetAddress::getHostAddress).orElse("an unknown address");
        X509Certificate leaf = validated(blob, source);
        if (!users.permits(offered.user(), leaf)) {
            throw new GeneralSecurityException(blob + ": no rule says that it is this user's");
        }
        return Optional.of(new AcceptedUserKey(
                SshPublicKey.of(leaf.getPublicKey()),
                blob.toString(),
                restrictions,
                (message, signature) -> blob.algorithm().verify(leaf.getPublicKey(), message, signature),
                Optional.empty()));
    }

    /** What cannot be learned now - a status, an authority's file - refuses logins, but ends no session that lives. */
    private X509Certificate validated(X509KeyBlob blob, String source) throws GeneralSecurityException {
        try {
            return validator.validate(blob, X509Purpose.USER, source);
        } catch (CertificateRefusedException e) {
            throw e.reason() == Reason.REVOCATION_UNKNOWN ? unknown(e) : e;
        } catch (SshFormatException e) {
            throw unknown(e);
        }
    }

    private static TokenUnavailableException unknown(GeneralSecurityException reason) {
        return new TokenUnavailableException(
                Status.ckr("CKR_FUNCTION_FAILED"), String.valueOf(reason.getMessage()), reason);
    }
}
