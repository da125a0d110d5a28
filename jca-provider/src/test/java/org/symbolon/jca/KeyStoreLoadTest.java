package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Session;
import org.symbolon.TokenAuthenticationException;

/** How a key store is loaded: with a PIN, with parameters, of a stub file. */
class KeyStoreLoadTest extends KeyStoreFixture {
    private static final char[] WRONG_PIN = {'9', '9', '9', '9'};

    @Test
    void load_withPin_logsInAndSeesPrivateObjects() throws Exception {
        put("deploy", "01", "P-256");
        try (Session open = token.openPublic()) {
            SymbolonProvider fromPublic = SymbolonProvider.of(open);
            assertThat(loaded(fromPublic).size()).isZero();

            KeyStore store = KeyStore.getInstance("Symbolon", fromPublic);
            store.load(null, FakeToken.PIN.clone());
            assertThat(store.isKeyEntry("deploy")).isTrue();
            assertThat(sign((PrivateKey) store.getKey("deploy", null), "SHA256withECDSA", fromPublic))
                    .isNotEmpty();
            fromPublic.close();
            assertThat(open.isClosed()).isFalse();
        }
    }

    @Test
    void load_withAPassword_leavesTheCallersArray() throws Exception {
        char[] pin = FakeToken.PIN.clone();
        KeyStore.getInstance("Symbolon", provider).load(null, pin);
        assertThat(pin).containsExactly('1', '2', '3', '4');
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void load_withAWrongPin_isAnIoExceptionCausedByUnrecoverableKey(boolean loggedInBefore) throws Exception {
        try (Session open = loggedInBefore ? token.openAsUser() : token.openPublic()) {
            KeyStore store = KeyStore.getInstance("Symbolon", SymbolonProvider.of(open));
            assertThatThrownBy(() -> store.load(null, WRONG_PIN.clone()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("CKR_PIN_INCORRECT")
                    .hasMessageContaining("2 tries are left")
                    .hasMessageNotContaining("9999")
                    .cause()
                    .isInstanceOf(UnrecoverableKeyException.class)
                    .hasCauseInstanceOf(TokenAuthenticationException.class);
        }
    }

    @Test
    void load_withProtectionParameters_works() throws Exception {
        put("deploy", "01", "P-256");
        try (Session open = token.openPublic()) {
            SymbolonProvider fromPublic = SymbolonProvider.of(open);
            KeyStore byPassword = KeyStore.getInstance("Symbolon", fromPublic);
            KeyStore.PasswordProtection password = new KeyStore.PasswordProtection(FakeToken.PIN);
            byPassword.load(() -> password);
            assertThat(byPassword.size()).isEqualTo(1);

            KeyStore byHandler = KeyStore.getInstance("Symbolon", fromPublic);
            byHandler.load(() -> new KeyStore.CallbackHandlerProtection(KeyStoreLoadTest::answer));
            assertThat(byHandler.size()).isEqualTo(1);

            KeyStore byNothing = KeyStore.getInstance("Symbolon", fromPublic);
            byNothing.load(null);
            assertThat(byNothing.size()).isEqualTo(1);
            assertThatThrownBy(() -> byNothing.load(() -> new KeyStore.ProtectionParameter() {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PasswordProtection or CallbackHandlerProtection");
            fromPublic.close();
        }
    }

    private static void answer(Callback[] callbacks) {
        for (Callback callback : callbacks) {
            assertThat(callback)
                    .asInstanceOf(InstanceOfAssertFactories.type(PasswordCallback.class))
                    .satisfies(password -> assertThat(password.getPrompt()).contains("\"Team\""))
                    .satisfies(password -> password.setPassword(FakeToken.PIN.clone()));
        }
    }

    @Test
    void load_ofAStubFile_isTheTokenOfTheProvider() throws Exception {
        put("deploy", "01", "P-256");
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(stream("# stands for the token\n\n"), null);
        assertThat(store.size()).isEqualTo(1);
        assertThatThrownBy(() -> store.load(stream("team\nother\n"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 lines");
        assertThatThrownBy(() -> store.load(stream("other\n"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the provider of another");
        byte[] pkcs12 = {0x30, (byte) 0x82, 0x01, 0x02, (byte) 0xFF};
        assertThatThrownBy(() -> store.load(new ByteArrayInputStream(pkcs12), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PKCS12");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void store_toNothing_isNothing() throws Exception {
        KeyStore store = loaded();
        int before = token.requests();
        store.store(null, null);
        store.store(null);
        assertThat(token.requests()).isEqualTo(before);
        assertThatThrownBy(() -> store.store(new ByteArrayOutputStream(), new char[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be null");
    }
}
