package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.MechanismTable;
import org.symbolon.Session;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.TokenPrivateKey;

/** The JCA's call patterns, for every algorithm. */
class SignatureTest {
    private static final byte[] MESSAGE = "fitting the halves together".getBytes(StandardCharsets.UTF_8);
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private final FakeToken token = new FakeToken("Team");
    private Session session;
    private SymbolonProvider provider;

    @BeforeEach
    void open() throws GeneralSecurityException {
        session = token.openAsUser();
        provider = SymbolonProvider.of(session);
    }

    @AfterEach
    void close() {
        session.close();
    }

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

    private Signature signer(String algorithm, TokenPrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        if (algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(PSS);
        }
        signature.initSign(key);
        return signature;
    }

    private TokenPrivateKey key(String kind) throws GeneralSecurityException {
        return TestKeys.put(token, session, kind);
    }

    private static boolean verifies(String jdkName, String kind, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(jdkName);
        if (jdkName.equals("RSASSA-PSS")) {
            verifier.setParameter(PSS);
        }
        verifier.initVerify(TestKeys.pair(kind).getPublic());
        verifier.update(message);
        return verifier.verify(signature);
    }

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

    @ParameterizedTest
    @CsvSource(textBlock = """
        SHA256withRSA,        CKM_RSA_PKCS,     RSA
        SHA256withECDSA,      CKM_ECDSA,        P-256
        RSASSA-PSS,           CKM_RSA_PKCS_PSS, RSA
        """)
    void sign_whereTheTokenMustHash_givesItTheMessage(String algorithm, String withheld, String kind)
            throws GeneralSecurityException {
        token.withhold(withheld);
        provider = SymbolonProvider.of(session);
        byte[] message = new byte[100_000];
        Signature signature = signer(algorithm, key(kind));
        signature.update(message);
        assertThat(verifies(algorithm, kind, message, signature.sign())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 1027, 2048})
    void pss_whereTheTokenHasRsaOnly_isPaddedHere(int modulusBits) throws GeneralSecurityException {
        for (MechanismTable.Row row : MechanismTable.rows()) {
            if (row.type().name().contains("PSS")) {
                token.withhold(row.type().name());
            }
        }
        provider = SymbolonProvider.of(session);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(modulusBits);
        KeyPair keys = generator.generateKeyPair();
        for (int i = 0; i < 20; i++) {
            Signature signature = signer("RSASSA-PSS", (TokenPrivateKey) keys.getPrivate());
            signature.update(MESSAGE);
            byte[] signed = signature.sign();
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(PSS);
            verifier.initVerify(keys.getPublic());
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signed)).isTrue();
        }
    }

    @Test
    void services_ofATokenThatCannot_areNotThere() throws GeneralSecurityException {
        token.withhold("CKM_EDDSA", "CKM_EC_EDWARDS_KEY_PAIR_GEN", "CKM_ECDSA", "CKM_ECDSA_SHA1");
        SymbolonProvider limited = SymbolonProvider.of(session);
        assertThat(limited.getService("Signature", "Ed25519")).isNull();
        assertThat(limited.getService("Signature", "SHA1withECDSA")).isNull();
        assertThat(limited.getService("Signature", "NONEwithECDSA")).isNull();
        assertThat(limited.getService("KeyPairGenerator", "Ed25519")).isNull();
        assertThat(limited.getService("Signature", "SHA256withECDSA")).isNotNull();
        assertThat(provider.getService("Signature", "Ed25519")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "RSASSA-PSS", "SHA256withRSAandMGF1", "SHA256withECDSA", "Ed448"})
    void initSign_withAKeyOfAnotherType_isRefused(String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        assertThatThrownBy(() -> signature.initSign(key("Ed25519")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("cannot sign with");
    }

    @Test
    void initSign_withAKeyOfAnotherToken_isRefused() throws GeneralSecurityException {
        FakeToken other = new FakeToken("Other");
        TokenPrivateKey foreign = TestKeys.put(other, other.openAsUser(), "P-256");
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        assertThatThrownBy(() -> signature.initSign(foreign))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("is not in the token of Symbolon-Team");
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
    void noneWithRsa_longerThanItsPadding_isRefused() throws GeneralSecurityException {
        Signature signature = signer("NONEwithRSA", key("RSA"));
        signature.update(new byte[245]);
        assertThat(verifies("NONEwithRSA", "RSA", new byte[245], signature.sign()))
                .isTrue();
        assertThatThrownBy(() -> signature.update(new byte[246]))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("at most 245 bytes");
        signature.update(MESSAGE);
        assertThat(verifies("NONEwithRSA", "RSA", MESSAGE, signature.sign())).isTrue();
    }

    @Test
    void noneWithEcdsa_longerThanTheOrder_usesTheLeftmostBits() throws GeneralSecurityException {
        byte[] digest = new byte[64];
        Arrays.fill(digest, (byte) 7);
        Signature signature = signer("NONEwithECDSA", key("P-256"));
        signature.update(digest);
        assertThat(verifies("NONEwithECDSA", "P-256", digest, signature.sign())).isTrue();
    }

    @Test
    void pss_withoutParameters_refusesToSign() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        assertThat(signature.getParameters()).isNull();
        signature.initSign(key("RSA"));
        assertThatThrownBy(() -> signature.update(MESSAGE))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("setParameter");
        assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
    }

    @Test
    void pss_parametersAfterInitSign_areUsed() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        signature.initSign(key("RSA"));
        signature.setParameter(PSS);
        signature.update(MESSAGE);
        assertThat(verifies("RSASSA-PSS", "RSA", MESSAGE, signature.sign())).isTrue();
    }

    @Test
    void pss_parametersAfterUpdate_areRefused() throws GeneralSecurityException {
        Signature signature = signer("RSASSA-PSS", key("RSA"));
        signature.update(MESSAGE);
        assertThatThrownBy(() -> signature.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThat(verifies("RSASSA-PSS", "RSA", MESSAGE, signature.sign())).isTrue();
        signature.setParameter(PSS);
    }

    @Test
    void pss_parametersThatNoTokenHas_areRefused() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        assertThatThrownBy(() -> signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 2)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("trailer field");
        assertThatThrownBy(() ->
                        signature.setParameter(new PSSParameterSpec("MD5", "MGF1", MGF1ParameterSpec.SHA256, 32, 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("MD5");
        assertThatThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(false)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> signature.setParameter(null)).isInstanceOf(InvalidAlgorithmParameterException.class);
        signature.initSign(key("RSA"));
        assertThatThrownBy(() -> signature.setParameter(
                        new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 200, 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("too short");
    }

    @Test
    void pss_ofANameWithAHash_hasItsParametersFromTheStart() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA384withRSAandMGF1", provider);
        PSSParameterSpec spec = signature.getParameters().getParameterSpec(PSSParameterSpec.class);
        assertThat(spec.getDigestAlgorithm()).isEqualTo("SHA-384");
        assertThat(spec.getSaltLength()).isEqualTo(48);
        assertThatThrownBy(() -> signature.setParameter(PSS))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("SHA-384");
    }

    @Test
    void setParameter_whereThereAreNone_isRefused() throws GeneralSecurityException {
        Signature rsa = Signature.getInstance("SHA256withRSA", provider);
        assertThatThrownBy(() -> rsa.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
        Signature eddsa = Signature.getInstance("EdDSA", provider);
        eddsa.setParameter(new EdDSAParameterSpec(true));
        assertThatThrownBy(() -> eddsa.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
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

    @Test
    void services_ofEveryName_makeEngines() throws GeneralSecurityException {
        int made = 0;
        for (Provider.Service service : provider.getServices()) {
            assertThat(service.newInstance(null)).isNotNull();
            made++;
        }
        assertThat(made).isGreaterThan(35);
    }
}
