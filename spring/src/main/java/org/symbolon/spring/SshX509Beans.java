package org.symbolon.spring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.mina.x509.X509UserKeys;
import org.symbolon.ssh.publickey.SelfServiceStore;
import org.symbolon.ssh.publickey.UploadedCertificates;
import org.symbolon.ssh.x509.CertificateRules;
import org.symbolon.ssh.x509.CertificateUsers;
import org.symbolon.ssh.x509.TrustAnchors;
import org.symbolon.ssh.x509.X509Validator;

/** Users who log in by X.509 certificates. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(SshX509Beans.ENABLED)
class SshX509Beans {
    static final String ENABLED = SymbolonProperties.PREFIX + ".ssh.x509.enabled";
    private static final String ANCHORS = SymbolonProperties.PREFIX + ".ssh.x509.anchors";
    private static final String ANCHOR_FILES = SymbolonProperties.PREFIX + ".ssh.x509.anchor-files";
    private static final String UPLOADS = SymbolonProperties.PREFIX + ".ssh.x509.uploads";

    @Bean
    @ConditionalOnMissingBean
    TrustAnchors symbolonTrustAnchors(SymbolonTokens tokens, SymbolonProperties properties)
            throws TokenException, ConfigurationException {
        SshX509Properties x509 = properties.ssh().x509();
        if (x509.anchors() == null && x509.anchorFiles().isEmpty()) {
            throw new SymbolonPropertyException(
                    ENABLED, "is set, and nobody is trusted; set " + ANCHORS + " or " + ANCHOR_FILES, null);
        }
        requireNoUploads(x509.anchors(), properties.ssh().selfService());
        Optional<Session> session = x509.anchors() == null
                ? Optional.empty()
                : Optional.of(tokens.session(tokens.named(ANCHORS, x509.anchors())));
        try {
            return TrustAnchors.of(x509.configuration(), session);
        } catch (SshFormatException e) {
            throw new SymbolonPropertyException(ANCHOR_FILES, "cannot be used: " + e.getMessage(), e);
        }
    }

    /** In a namespace's own token users' certificates look like everybody's: an authority among them would be trusted. */
    private static void requireNoUploads(@Nullable String anchors, SshSelfServiceProperties selfService) {
        selfService.namespaces().forEach((name, namespace) -> {
            if (anchors != null && anchors.equals(namespace.token())) {
                throw new SymbolonPropertyException(
                        ANCHORS,
                        "names token " + anchors + ", where users of the namespace " + name
                                + " keep certificates; trust needs a token of its own",
                        null);
            }
        });
    }

    @Bean
    @ConditionalOnMissingBean
    X509Validator symbolonX509Validator(TrustAnchors anchors, SymbolonProperties properties) {
        return SshProperties.checked(
                "x509", () -> X509Validator.of(anchors, properties.ssh().x509().configuration()));
    }

    @Bean
    @ConditionalOnMissingBean
    CertificateUsers symbolonCertificateUsers(
            SymbolonProperties properties, ObjectProvider<SelfServiceStore> uploaded) {
        SshX509Properties x509 = properties.ssh().x509();
        CertificateUsers rules = SshProperties.checked("x509", () -> CertificateRules.of(x509.configuration()));
        if (x509.uploads() == null) {
            return rules;
        }
        SelfServiceStore store = uploaded.getIfAvailable();
        if (store == null) {
            throw new SymbolonPropertyException(
                    UPLOADS, "is set, and nobody can upload; set " + SshSelfServiceBeans.ENABLED, null);
        }
        return rules.or(new UploadedCertificates(store, x509.uploads()));
    }

    @Bean
    @ConditionalOnMissingBean
    X509UserKeys symbolonX509UserKeys(X509Validator validator, CertificateUsers users) {
        return new X509UserKeys(validator, users);
    }
}
