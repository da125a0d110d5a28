package org.symbolon.tests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.tests.remote.SoftHsm;

/** What travels to a remote token in clear does not reach a log, a message or a {@code toString} on our side. */
@Timeout(300)
class RemoteSecretsTest {
    private static final String SO_TEXT = "canary-so-8Rt2";
    private static final String USER_TEXT = "canary-user-6Vb9";
    private static final String NEW_TEXT = "canary-new-1Hs4";
    private static final String WRONG_TEXT = "canary-wrong-5Kd3";
    private static final byte[] KEY = "canary key, 32 bytes, and no mor".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAINTEXT = "canary plaintext over the wire".getBytes(StandardCharsets.US_ASCII);
    private static final Mechanism CBC = Mechanism.AES_CBC_PAD.iv(Bytes.wrap(new byte[16]));

    private final Canaries canaries = new Canaries()
            .text("the officer's PIN", SO_TEXT)
            .text("the user's PIN", USER_TEXT)
            .text("the user's new PIN", NEW_TEXT)
            .text("a wrong PIN", WRONG_TEXT)
            .bytes("the key", KEY)
            .bytes("the plaintext", PLAINTEXT);
    private final List<String> shown = new ArrayList<>();

    @Test
    void remoteToken_throughItsLife_showsNoSecret() throws Exception {
        try (CapturedLog log = new CapturedLog();
                SoftHsm softHsm = new SoftHsm()) {
            try (TokenModule module = TokenModule.open(softHsm.execUri())) {
                Token token = module.emptySlot().initialize("Canaries", pin(SO_TEXT));
                try (Session officer = token.open(Login.securityOfficer(pin(SO_TEXT)))) {
                    officer.initPin(pin(USER_TEXT));
                }
                failing(() -> token.open(Login.user(pin(WRONG_TEXT))).close());
                try (Session session = token.open(Login.user(pin(USER_TEXT)))) {
                    use(session);
                    failing(() -> session.setPin(pin(WRONG_TEXT), pin(NEW_TEXT)));
                    session.setPin(pin(USER_TEXT), pin(NEW_TEXT));
                }
                failing(() -> token.open(Login.user(pin(USER_TEXT))).close());
            }
            assertThat(log.text()).contains("C_Login(", "C_CreateObject(", "C_Encrypt(");
            assertThat(canaries.in(log.text())).as("in the log").isEmpty();
            assertThat(canaries.in(String.join("\n", shown))).as("in messages").isEmpty();
            assertThat(shown).hasSizeGreaterThan(4);
        }
    }

    private void use(Session session) throws TokenException {
        SecretKeyObject key = (SecretKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, SecretBytes.copyOf(KEY))
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.ENCRYPT, true)
                .with(Attribute.DECRYPT, true));
        show(key);
        byte[] ciphertext = session.encrypt(key, CBC, PLAINTEXT);
        assertThat(session.decrypt(key, CBC, ciphertext)).isEqualTo(PLAINTEXT);
        failing(() -> session.encrypt(key, Mechanism.AES_CBC.iv(Bytes.wrap(new byte[16])), PLAINTEXT));
        failing(() -> session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.RSA)
                .with(Attribute.VALUE, SecretBytes.copyOf(KEY))));
        show(session);
    }

    private void failing(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(TokenException.class);
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        shown.add(text.toString());
    }

    private void show(Object object) {
        shown.add(object.toString());
    }

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }
}
