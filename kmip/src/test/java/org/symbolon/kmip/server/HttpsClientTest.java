package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.KmipEncoding;
import org.symbolon.kmip.MaybeDoneException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;

/** The client and the server by HTTPS. */
class HttpsClientTest {
    private MachineRig rig;
    private KmipFaults keys;
    private KmipServer server;

    @BeforeEach
    void start() throws Exception {
        rig = new MachineRig();
        keys = KmipFaults.start(KmipHandler.of(request -> {
            throw new AssertionError("only its keys are used");
        }));
        server = KmipServer.builder(rig.session())
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverTls())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        keys.close();
        rig.close();
    }

    private KmipClientBuilder client() {
        return KmipClient.builder("localhost").port(server.address().getPort()).tls(keys.clientTls());
    }

    @ParameterizedTest
    @EnumSource(KmipEncoding.class)
    void lifeOfAKey_inEachEncoding_isThatOfSockets(KmipEncoding encoding) throws Exception {
        Attributes wanted = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.NAME, Name.of("by " + encoding));
        try (KmipClient client = client().https("/kmip", encoding).open();
                KmipClient other = client().open()) {
            UniqueIdentifier key = client.create(ObjectType.SYMMETRIC_KEY, wanted);

            assertThat(other.locate(Attributes.NONE.with(AttributeType.NAME, Name.of("by " + encoding))))
                    .containsExactly(key);
            assertThat(client.get(key)).isEqualTo(other.get(key));
            client.destroy(key);
            assertThat(other.locate(Attributes.NONE)).isEmpty();
        }
    }

    @Test
    void call_withAnotherPath_saysWhatToLookAt() throws Exception {
        try (KmipClient client = client().https("/elsewhere", KmipEncoding.TTLV)
                .version(KmipVersion.V2_1)
                .open()) {
            assertThatThrownBy(() -> client.locate(Attributes.NONE))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("is /elsewhere the server's path?");
        }
    }

    @Test
    void call_ofNobody_isNotSent() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (KmipClient client = client().port(port)
                .https("/kmip", KmipEncoding.TTLV)
                .version(KmipVersion.V2_1)
                .open()) {
            assertThatThrownBy(() -> client.create(ObjectType.SYMMETRIC_KEY, Attributes.NONE))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("connecting to localhost:" + port + " failed")
                    .satisfies(e -> assertThat(e.getCause()).isNotInstanceOf(MaybeDoneException.class));
        }
    }

    @Test
    void call_ofServerThatSaysNothing_endsAtItsDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("localhost"));
                KmipClient client = client().port(silent.getLocalPort())
                        .https("/kmip", KmipEncoding.TTLV)
                        .timeout(Duration.ofMillis(500))
                        .open()) {
            assertThatThrownBy(client::version).isInstanceOf(TokenUnavailableException.class);
        }
    }
}
