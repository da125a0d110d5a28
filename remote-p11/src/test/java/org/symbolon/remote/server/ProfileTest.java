package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.TokenException;
import org.symbolon.remote.Reference;
import org.symbolon.remote.rpc.Dialect;

/** The mandatory test cases of the PKCS #11 Profiles v3.2: Baseline Provider and Extended Provider. */
class ProfileTest {
    /** Soft tokens neither make nor take RSA keys that can be broken: docs/decisions.md. */
    private static final List<String> STRONGER_RSA = List.of(
            "C_GetMechanismInfo RSA_PKCS_KEY_PAIR_GEN MinKeySize: [512], not [2048]",
            "C_GetMechanismInfo RSA_PKCS_KEY_PAIR_GEN MaxKeySize: [16384], not [8192]",
            "C_GetMechanismInfo RSA_PKCS MinKeySize: [512], not [1024]",
            "C_GetMechanismInfo RSA_PKCS MaxKeySize: [16384], not [8192]");

    @TempDir
    Path folder;

    private TestClients clients;
    private PublishedConstants constants;

    @BeforeEach
    void start() throws TokenException, IOException {
        clients = new TestClients();
        constants = new PublishedConstants();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    private void assertConforms(ProfileRun.Peer peer, String profile, int values) throws IOException {
        ProfileCase steps = ProfileCase.read(Reference.file("pkcs11/profiles/" + profile));
        ProfileRun run = new ProfileRun(constants, peer, "user-pin");
        assertThat(run.departures(steps)).isEqualTo(profile.startsWith("EXT") ? STRONGER_RSA : List.of());
        assertThat(run.compared()).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({"BL-M-1-32.xml, 15", "EXT-M-1-32.xml, 25"})
    void profile_ofTheServersFunctions_conforms(String profile, int values) throws IOException {
        try (Dispatcher dispatcher = clients.dispatcher(Dialect.V2)) {
            assertConforms(request -> dispatcher.answer(new Request(request)), profile, values);
        }
    }

    @ParameterizedTest
    @CsvSource({"BL-M-1-32.xml, 15", "EXT-M-1-32.xml, 25"})
    void profile_overTheWire_conforms(String profile, int values) throws IOException, TokenException {
        Path socket = folder.resolve("s");
        try (RemoteTokenServer server = clients.server(socket);
                WireClient client = WireClient.connect(socket, Dialect.NEWEST)) {
            assertThat(server.clients()).isEqualTo(1);
            assertConforms(client::call, profile, values);
        }
    }
}
