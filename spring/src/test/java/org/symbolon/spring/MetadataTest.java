package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What editors complete {@code application.yml} from. */
class MetadataTest {
    private static final Pattern NAME = Pattern.compile(
            "\"name\": \"(symbolon[a-z0-9.-]*|management[a-z.-]*)\",\\s+\"type\": \"[^\"]*\",\\s+\"description\":"
                    + " \"[^\"]+");

    @Test
    void metadata_ofProperties_describesEachOfThem() throws Exception {
        try (InputStream in = Objects.requireNonNull(SymbolonProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json"))) {
            List<String> names = NAME.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .toList();

            assertThat(names)
                    .contains(
                            "symbolon.config",
                            "symbolon.tokens",
                            "symbolon.jca.enabled",
                            "symbolon.jca.tokens",
                            "symbolon.ssl.bundles",
                            "symbolon.ssh.users",
                            "symbolon.ssh.user-label",
                            "symbolon.ssh.find-by",
                            "symbolon.ssh.cache-age",
                            "symbolon.ssh.cache-size",
                            "symbolon.ssh.outage",
                            "symbolon.ssh.revocation",
                            "symbolon.ssh.end-sessions",
                            "symbolon.ssh.trusted-user-ca-keys",
                            "symbolon.ssh.self-service.enabled",
                            "symbolon.ssh.self-service.keys-per-user",
                            "symbolon.ssh.self-service.namespaces",
                            "symbolon.ssh.x509.enabled",
                            "symbolon.ssh.x509.anchors",
                            "symbolon.ssh.x509.uploads",
                            "symbolon.ssh.x509.host-certificates",
                            "symbolon.ssh.host-keys",
                            "symbolon.ssh.host-key-label",
                            "symbolon.ssh.server.port",
                            "symbolon.ssh.server.address",
                            "symbolon.ssh.server.workers",
                            "symbolon.ssh.server.token-deadline",
                            "symbolon.ssh.server.max-unauthenticated",
                            "symbolon.ssh.server.login-grace",
                            "management.health.symbolon.enabled");
        }
    }
}
