package org.symbolon.tests.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.symbolon.Backends;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;
import org.symbolon.key.PublicKeys;
import org.symbolon.tests.SourceFile;

/** A new backend is one file of less than 200 lines and an edit nowhere else. */
class FakeBackendTest {
    private static final byte[] MESSAGE = "fit the halves together".getBytes(StandardCharsets.UTF_8);

    @Test
    void source_ofTheWholeBackend_isShort() {
        assertThat(SourceFile.linesOf(FakeBackend.class)).hasSizeBetween(100, 199);
    }

    @Test
    void backends_withTheFakeOnTheClassPath_openItsScheme() {
        assertThat(Backends.byScheme()).containsKey("fake");
        assertThat(Backends.byScheme().get("fake")).isInstanceOf(FakeBackend.class);
    }

    @Test
    void sign_withTheKeyOfTheFake_verifiesWithTheJdk() throws Exception {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = module.token("Fake").open(Login.none())) {
            PrivateKeyObject key = session.privateKey("fake");
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);

            byte[] signature = session.sign(key, Mechanism.ECDSA, digest);

            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(PublicKeys.of(session.publicKey("fake")));
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @Test
    void find_byAttributes_isExact() throws Exception {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = module.token("Fake").open(Login.none())) {
            assertThat(session.findAll(ObjectQuery.all())).hasSize(2);
            assertThat(session.findAll(ObjectQuery.publicKeys())).hasSize(1);
            assertThat(session.findAll(ObjectQuery.all().label("Fake"))).isEmpty();
        }
    }

    @Test
    void perform_whatTheFakeDoesNotOverride_isRefusedInWords() throws Exception {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = module.token("Fake").open(Login.none())) {
            assertThatThrownBy(() -> session.digest(Mechanism.SHA256, MESSAGE))
                    .isInstanceOf(TokenOperationException.class)
                    .hasMessage("Digest with CKM_SHA256 in token \"Fake\": "
                            + "CKR_FUNCTION_NOT_SUPPORTED: this token cannot digest");
        }
    }

    @Test
    void open_withASettingThatTheFakeLacks_isRefused() {
        ModuleOptions options = ModuleOptions.ofDefaults().withSetting("colour", "blue");

        assertThatThrownBy(() -> TokenModule.open("fake:", options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }
}
