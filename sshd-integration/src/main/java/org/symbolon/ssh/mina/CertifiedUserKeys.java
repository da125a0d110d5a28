package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * Lets users in by OpenSSH certificates: of a CA that the whole server trusts, for the user's principals, or of one that the
 * user's own entries name ({@code cert-authority}), for the principals that the entry names, else the user.
 */
final class CertifiedUserKeys implements UserKeyCheck {
    private static final String FIDO_SUFFIX = "@openssh.com";

    private final AuthorizedKeys keys;
    private final Predicate<SshPublicKey> trusted;
    private final Function<String, ? extends Collection<String>> principals;
    private final Predicate<SshCertificate> revoked;

    CertifiedUserKeys(
            AuthorizedKeys keys,
            Predicate<SshPublicKey> trusted,
            Function<String, ? extends Collection<String>> principals,
            Predicate<SshCertificate> revoked) {
        this.keys = keys;
        this.trusted = trusted;
        this.principals = principals;
        this.revoked = revoked;
    }

    /** How a certified key signs: by which algorithm, and by a key of which type. */
    private record Signing(String algorithm, SshKeyType type) {}

    @Override
    public boolean takes(String algorithm) {
        return signing(algorithm).isPresent();
    }

    @Override
    public Optional<AcceptedUserKey> check(OfferedUserKey offered) throws GeneralSecurityException {
        SshCertificate certificate = SshCertificate.parse(offered.blob().toByteArray());
        Signing signing = signing(offered.algorithm())
                .filter(each -> each.type() == certificate.key().type())
                .orElseThrow(() ->
                        new SshFormatException("A " + certificate.type() + " certificate came with another algorithm"));
        if (revoked.test(certificate)) {
            throw new SshFormatException("The " + certificate + " is revoked");
        }
        if (trusted.test(certificate.authority())) {
            certificate.requireUser(principals.apply(offered.user()), Instant.now());
            return Optional.of(accepted(certificate, signing, certificate.restrictions(), Optional.empty()));
        }
        Optional<AuthorizedKey> authority = keys.findAuthority(offered.user(), certificate.authority());
        if (authority.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = authority.get().principals();
        certificate.requireUser(names.isEmpty() ? List.of(offered.user()) : names, Instant.now());
        LoginRestrictions both = certificate.restrictions().and(authority.get().restrictions());
        return Optional.of(accepted(certificate, signing, both, authority));
    }

    private static AcceptedUserKey accepted(
            SshCertificate certificate,
            Signing signing,
            LoginRestrictions restrictions,
            Optional<AuthorizedKey> authority) {
        return new AcceptedUserKey(
                certificate.key(),
                certificate.toString(),
                restrictions,
                UserSignature.by(certificate.key(), signing.algorithm(), restrictions),
                authority);
    }

    private static Optional<Signing> signing(String algorithm) {
        for (SshSignatureAlgorithm plain : SshSignatureAlgorithm.values()) {
            if (plain.certificateName().equals(algorithm)) {
                return Optional.of(new Signing(plain.wireName(), plain.keyType()));
            }
        }
        return fidoType(algorithm).map(type -> new Signing(type.wireName(), type));
    }

    /** The type of FIDO keys that a name of their certificates means. */
    static Optional<SshKeyType> fidoType(String certificateName) {
        for (SshKeyType type : SshKeyType.values()) {
            if (type.isSecurityKey()
                    && type.wireName()
                            .replace(FIDO_SUFFIX, SshCertificate.TYPE_SUFFIX)
                            .equals(certificateName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
