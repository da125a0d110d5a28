package org.symbolon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.client.ClientSettings;
import org.symbolon.remote.rpc.Dialect;

class RemoteSettingsTest {
    @Test
    void of_noSettings_hasTheDefaults() throws Exception {
        ClientSettings settings = of(Map.of());
        assertThat(settings.connections()).isEqualTo(8);
        assertThat(settings.refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.reconnect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.mechanisms()).isEmpty();
        assertThat(settings.endpoints()).hasSize(1);
    }

    @Test
    void of_everySetting_hasThem() throws Exception {
        ClientSettings settings = of(Map.of(
                "connections", "3",
                "refresh", "500ms",
                "reconnect", "1m",
                "mechanism-encoding", "old",
                "endpoints", "unix:path=/two  exec:command=p11-kit%20remote%20x"));
        assertThat(settings.connections()).isEqualTo(3);
        assertThat(settings.refresh()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.reconnect()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.mechanisms()).isEqualTo(Optional.of(Dialect.Mechanisms.OLD));
        assertThat(settings.endpoints()).hasSize(3);
        assertThat(settings.endpoints().get(1)).hasToString("the socket /two");
    }

    @Test
    void of_settingsOutsideTheBounds_saysWhatIsLegal() {
        assertRefused("connections", "0", "connections is a number from 1 to 256, not 0");
        assertRefused("connections", "many", "connections is a number from 1 to 256, not many");
        assertRefused("refresh", "2", "refresh: a time is a number and ms, s, m or h");
        assertRefused("mechanism-encoding", "v2", "mechanism-encoding is auto, old or new, not v2");
    }

    @Test
    void of_aTrustFileThatIsMissing_isUnavailable() {
        assertThatThrownBy(() -> of(Map.of("trust", "/nowhere/ca.pem")))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("TLS cannot be set up")
                .hasMessageContaining("/nowhere/ca.pem");
    }

    @Test
    void settings_ofTheFactory_includeItsSecret() {
        RemoteModuleFactory factory = new RemoteModuleFactory();
        assertThat(factory.settings()).containsKeys("key-store-password", "endpoints");
        assertThat(factory.secretSettings()).containsExactly("key-store-password");
    }

    private static void assertRefused(String setting, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(setting, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static ClientSettings of(Map<String, String> settings) throws TokenException {
        ModuleOptions defaults = ModuleOptions.ofDefaults();
        return RemoteSettings.of(
                ModuleUri.parse("p11:unix:path=/one"),
                new ModuleOptions(defaults.timeout(), defaults.closePolicy(), settings));
    }
}
