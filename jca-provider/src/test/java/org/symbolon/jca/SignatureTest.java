package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.TokenPrivateKey;

/** What every signature does: its life, its buffers, its failures. */
class SignatureTest extends SignatureFixture {
    /** Each algorithm with a key, and the JDK's name for it. */
    private static final String ALGORITHMS = """
        SHA1withRSA,              RSA,     SHA1withRSA
        SHA224withRSA,            RSA,     SHA224withRSA
        SHA256withRSA,            RSA,     SHA256withRSA
        SHA384withRSA,            RSA,     SHA384withRSA
        SHA512withRSA,            RSA,     SHA512withRSA
        NONEwithRSA,              RSA,     NONEwithRSA
        RSASSA-PSS,               RSA,     RSASSA-PSS
        SHA256withRSAandMGF1,     RSA,     RSASSA-PSS
        SHA256withRSASSA-PSS,     RSA,     RSASSA-PSS
        SHA1withECDSA,            P-256,   SHA1withECDSA
        SHA224withECDSA,          P-256,   SHA224withECDSA
        SHA256withECDSA,          P-256,   SHA256withECDSA
        SHA384withECDSA,          P-384,   SHA384withECDSA
        SHA512withECDSA,          P-256,   SHA512withECDSA
        SHA512withECDSA,          P-521,   SHA512withECDSA
        NONEwithECDSA,            P-256,   NONEwithECDSA
        SHA256withECDSAinP1363Format, P-256, SHA256withECDSAinP1363Format
        SHA512withECDSAinP1363Format, P-521, SHA512withECDSAinP1363Format
        NONEwithECDSAinP1363Format,   P-384, NONEwithECDSAinP1363Format
        EdDSA,                    Ed25519, EdDSA
        EdDSA,                    Ed448,   EdDSA
        Ed25519,                  Ed25519, Ed25519
        Ed448,                    Ed448,   Ed448
        """;

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void sign_updatedInEveryWay_verifiesWithTheJdk(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = signer(algorithm, key(kind));

        signature.update(MESSAGE);
        assertThat(verifies(jdkName, kind, MESSAGE, signature.sign())).isTrue();

        for (byte b : MESSAGE) {
            signature.update(b);
        }
        assertThat(verifies(jdkName, kind, MESSAGE, signature.sign())).isTrue();

        byte[] wide = new byte[MESSAGE.length + 10];
        System.arraycopy(MESSAGE, 0, wide, 7, MESSAGE.length);
        signature.update(wide, 7, MESSAGE.length);
        assertThat(verifies(jdkName, kind, MESSAGE, signature.sign())).isTrue();

        ByteBuffer direct =
                ByteBuffer.allocateDirect(MESSAGE.length).put(MESSAGE).flip();
        signature.update(direct);
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(verifies(jdkName, kind, MESSAGE, signature.sign())).isTrue();

        signature.update(ByteBuffer.wrap(MESSAGE));
        byte[] last = signature.sign();
        assertThat(verifies(jdkName, kind, MESSAGE, last)).isTrue();
        assertThat(verifies(jdkName, kind, "another message".getBytes(StandardCharsets.UTF_8), last))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void sign_afterTheTokenFailed_startsAfresh(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = signer(algorithm, key(kind));
        token.answering(false);
        signature.update("lost".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("\"" + kind + "\" in token \"Team\"")
                .hasMessageContaining("CKR_DEVICE_REMOVED")
                .hasCauseInstanceOf(TokenUnavailableException.class);

        token.answering(true);
        signature.update(MESSAGE);
        assertThat(verifies(jdkName, kind, MESSAGE, signature.sign())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void sign_ofAnEmptyMessage_verifies(String algorithm, String kind, String jdkName) throws GeneralSecurityException {
        if (algorithm.startsWith("NONE")) {
            return;
        }
        byte[] signed = signer(algorithm, key(kind)).sign();
        assertThat(verifies(jdkName, kind, new byte[0], signed)).isTrue();
        Signature verifier = Signature.getInstance(algorithm, provider);
        if (algorithm.equals("RSASSA-PSS")) {
            verifier.setParameter(PSS);
        }
        verifier.initVerify(TestKeys.pair(kind).getPublic());
        assertThat(verifier.verify(signed)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void initSign_asksNothingOfTheToken(String algorithm, String kind, String jdkName) throws GeneralSecurityException {
        TokenPrivateKey key = key(kind);
        int before = token.requests();
        Signature signature = signer(algorithm, key);
        signature.update(MESSAGE);
        assertThat(token.requests()).as("requests before sign, " + jdkName).isEqualTo(before);
        signature.sign();
        assertThat(token.requests()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void verify_withAPublicKey_isDoneInSoftware(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = signer(algorithm, key(kind));
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        int before = token.requests();

        PublicKey publicKey = TestKeys.pair(kind).getPublic();
        signature.initVerify(publicKey);
        signature.update(MESSAGE);
        assertThat(signature.verify(signed)).as(jdkName).isTrue();
        signature.update(MESSAGE);
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isFalse();
        signature.update(MESSAGE);
        assertThat(signature.verify(signed)).as("after a failed verification").isTrue();
        assertThat(token.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void signIntoABuffer_tooShort_isRefusedBeforeTheTokenIsAsked(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = signer(algorithm, key(kind));
        int before = token.requests();
        signature.update(MESSAGE);
        byte[] buffer = new byte[600];
        assertThatThrownBy(() -> signature.sign(buffer, 0, 20))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("there is room for 20");
        assertThat(token.requests()).isEqualTo(before);

        signature.update(MESSAGE);
        int length = signature.sign(buffer, 11, 300);
        assertThat(verifies(jdkName, kind, MESSAGE, Arrays.copyOfRange(buffer, 11, 11 + length)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void engine_uninitialisedAndMisused_says(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> signature.update((byte) 1)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> signature.initSign(TestKeys.pair(kind).getPrivate()))
                .as(jdkName)
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("signs with keys of its token only");
        assertThatThrownBy(() -> signature.initSign(null)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(signature::clone).isInstanceOf(CloneNotSupportedException.class);

        TokenPrivateKey key = key(kind);
        key.destroy();
        assertThatThrownBy(() -> signature.initSign(key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("destroyed");
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALGORITHMS)
    void getParameters_isNullExceptForPss(String algorithm, String kind, String jdkName)
            throws GeneralSecurityException {
        Signature signature = signer(algorithm, key(kind));
        if (jdkName.equals("RSASSA-PSS")) {
            assertThat(signature
                            .getParameters()
                            .getParameterSpec(PSSParameterSpec.class)
                            .getSaltLength())
                    .isEqualTo(32);
        } else {
            assertThat(signature.getParameters()).isNull();
        }
    }

    @Test
    void sign_afterTheSessionWasClosed_saysSo() throws GeneralSecurityException {
        Signature signature = signer("SHA256withECDSA", key("P-256"));
        session.close();
        signature.update(MESSAGE);
        assertThatThrownBy(signature::sign)
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("was closed");
    }

    @Test
    void sign_inManyThreadsWithOneKey_verifiesEach() throws Exception {
        TokenPrivateKey key = key("P-256");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] message = {(byte) i};
                results.add(threads.submit(() -> {
                    Signature signature = signer("SHA256withECDSA", key);
                    signature.update(message);
                    return verifies("SHA256withECDSA", "P-256", message, signature.sign());
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
