package org.symbolon.spring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.symbolon.config.SshX509Configuration;
import org.symbolon.config.SshX509Configuration.Name;

/**
 * How users and hosts are known by X.509 certificates.
 *
 * @param enabled Whether users log in by X.509 certificates.
 * @param anchors Name of the token with the certificates of trusted authorities.
 * @param anchorLabel Label of these certificates. Default is every authority in that token.
 * @param anchorFiles Files of trusted authorities' certificates.
 * @param crlFiles Files of CRLs.
 * @param upn User principal names of users' certificates, such as {user}@example.com.
 * @param email E-mail addresses of users' certificates.
 * @param subject Subjects of users' certificates, such as CN={user},O=Example.
 * @param commonName Regular expressions for the CN, with one group, which is the user's name.
 * @param uploads Namespace whose certificates log in whoever uploaded them; wants self-service. Default is none.
 * @param purposes Which purposes a certificate must have that has any.
 * @param revocation What follows when it cannot be learned whether a certificate was revoked.
 * @param fetch Whether OCSP responders and distribution points of CRLs are asked.
 * @param fetchHosts The only hosts that are asked where a certificate names them. Default is all.
 * @param responder The one OCSP responder that is asked, whatever certificates say.
 * @param timeout How long one question may take.
 * @param ocspCache For how long a responder's "good" is believed without asking again.
 * @param crlCache For how long a fetched CRL is used.
 * @param hostCertificates Whether the server shows the certificates of its host keys.
 */
record SshX509Properties(
        @DefaultValue("false") boolean enabled,
        @Nullable String anchors,
        @Nullable String anchorLabel,
        @DefaultValue List<Path> anchorFiles,
        @DefaultValue List<Path> crlFiles,
        @DefaultValue List<String> upn,
        @DefaultValue List<String> email,
        @DefaultValue List<String> subject,
        @DefaultValue List<String> commonName,
        @Nullable String uploads,
        @DefaultValue("ssh") SshX509Configuration.Purposes purposes,
        @DefaultValue("hard-fail") SshX509Configuration.Mode revocation,
        @DefaultValue("true") boolean fetch,
        @DefaultValue List<String> fetchHosts,
        @Nullable URI responder,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("0") Duration ocspCache,
        @DefaultValue("5m") Duration crlCache,
        @DefaultValue("false") boolean hostCertificates) {
    /** Returns what the configuration file would say. */
    SshX509Configuration configuration() {
        List<SshX509Configuration.Rule> rules = new ArrayList<>();
        upn.forEach(pattern -> rules.add(new SshX509Configuration.Rule(Name.UPN, pattern)));
        email.forEach(pattern -> rules.add(new SshX509Configuration.Rule(Name.EMAIL, pattern)));
        subject.forEach(pattern -> rules.add(new SshX509Configuration.Rule(Name.SUBJECT, pattern)));
        commonName.forEach(pattern -> rules.add(new SshX509Configuration.Rule(Name.COMMON_NAME, pattern)));
        return new SshX509Configuration(
                Optional.ofNullable(anchors),
                Optional.ofNullable(anchorLabel),
                anchorFiles,
                crlFiles,
                rules,
                purposes,
                new SshX509Configuration.Revocation(
                        revocation, fetch, fetchHosts, Optional.ofNullable(responder), timeout, ocspCache, crlCache));
    }
}
