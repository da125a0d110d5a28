package org.symbolon.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS with keys that stay in tokens.
 *
 * @param bundles SSL bundles by name, to be used wherever Spring Boot takes a bundle, such as server.ssl.bundle.
 */
record SslProperties(@DefaultValue Map<String, Bundle> bundles) {
    /** What in {@link Bundle#trust} stands for the certificates in the token. */
    static final String TOKEN = "token";

    /**
     * A bundle.
     *
     * @param token Name of the token that holds the key. Not needed where there is only one.
     * @param keyAlias Label of the key. Not needed where the token has only one with a certificate.
     * @param trust Whom to trust: PEM files as resource locations, and "token" for the token's certificates that belong to
     *     no key. Default is whom the JVM trusts.
     * @param protocol SSLContext to use, such as TLSv1.3. Default is TLS.
     * @param enabledProtocols TLS versions to accept.
     * @param ciphers Cipher suites to accept.
     * @param reloadOnUpdate Whether the server takes up a certificate that is renewed in the token.
     */
    record Bundle(
            @Nullable String token,
            @Nullable String keyAlias,
            @DefaultValue List<String> trust,
            @Nullable String protocol,
            @DefaultValue List<String> enabledProtocols,
            @DefaultValue List<String> ciphers,
            @DefaultValue("false") boolean reloadOnUpdate) {}
}
