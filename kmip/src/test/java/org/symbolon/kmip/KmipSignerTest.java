package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.SignatureForm;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Signatures of servers that each want to be asked in their own way. */
class KmipSignerTest {
    private static final UniqueIdentifier KEY = UniqueIdentifier.of("key-1");
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair RSA = keys("RSA", null);
    private static final KeyPair P256 = keys("EC", "secp256r1");
    private static final KeyPair ED25519 = keys("Ed25519", null);

    private final List<Sign.Request> asked = new CopyOnWriteArrayList<>();
    private KmipFaults server;
    private KmipClient client;
    private KmipSigner signer;

    private volatile Predicate<Sign.Request> understood = request -> true;
    private volatile String algorithm = "SHA256withRSA";
    private volatile KeyPair keys = RSA;

    @BeforeEach
    void start() throws Exception {
        server = KmipFaults.start(KmipHandler.of(this::answer));
        client = server.client().version(KmipVersion.V2_1).open();
        signer = new KmipSigner(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static KeyPair keys(String algorithm, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A server with one key, which understands what the test says and always signs in the same way. */
    private KmipResponse answer(KmipRequest<?> request) throws TokenException {
        Sign.Request sign = (Sign.Request) request;
        asked.add(sign);
        if (!understood.test(sign)) {
            throw new InvalidAttributeException(new Status("InvalidField", 7), "not in this way");
        }
        try {
            Signature engine = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                engine.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            engine.initSign(keys.getPrivate());
            Bytes data = sign.data() != null
                    ? sign.data()
                    : Optional.ofNullable(sign.digestedData()).orElseThrow();
            engine.update(data.toByteArray());
            return new Sign.Response(KEY, Bytes.wrap(engine.sign()), null);
        } catch (GeneralSecurityException e) {
            throw new TokenOperationException(new Status("CryptographicFailure", 10), String.valueOf(e.getMessage()));
        }
    }

    private void serve(KeyPair pair, String how, Predicate<Sign.Request> what) {
        keys = pair;
        algorithm = how;
        understood = what;
    }

    @Test
    void sign_onServerOfTheTable_asksOnceAndRemembers() throws Exception {
        SigningKey key = SigningKey.of(KEY, RSA.getPublic());

        Bytes first = signer.sign(key, Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE));
        signer.sign(key, Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE));

        assertThat(verifies(RSA, "SHA256withRSA", first)).isTrue();
        assertThat(asked).hasSize(2);
        CryptographicParameters parameters = parameters(0);
        assertThat(parameters.paddingMethod()).isEqualTo(PaddingMethod.PKCS1_V1_5);
        assertThat(String.valueOf(parameters.hashingAlgorithm())).isEqualTo("SHA_256");
        assertThat(parameters.cryptographicAlgorithm()).isEqualTo(CryptographicAlgorithm.RSA);
        assertThat(parameters.digitalSignatureAlgorithm()).isNull();
    }

    private CryptographicParameters parameters(int index) {
        return Optional.ofNullable(asked.get(index).cryptographicParameters()).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void sign_onServerOfOneDialect_findsItAndKeepsToIt(SignDialect.Parameters dialect) throws Exception {
        serve(P256, "SHA256withECDSA", request -> isIn(dialect, request) && request.data() != null);
        SigningKey key = SigningKey.of(KEY, P256.getPublic());

        Bytes signature = signer.sign(key, Mechanism.ECDSA_SHA256, Bytes.of(MESSAGE));
        int found = asked.size();
        signer.sign(key, Mechanism.ECDSA_SHA256, Bytes.of(MESSAGE));

        assertThat(signature.length()).isEqualTo(64);
        assertThat(verifies(P256, "SHA256withECDSAinP1363Format", signature)).isTrue();
        assertThat(found).isEqualTo(List.of(SignDialect.Parameters.values()).indexOf(dialect) + 1);
        assertThat(asked).hasSize(found + 1);
    }

    private static boolean isIn(SignDialect.Parameters dialect, Sign.Request request) {
        CryptographicParameters sent = request.cryptographicParameters();
        return switch (dialect) {
            case OF_THE_KEY -> sent == null;
            case SIGNATURE_ALGORITHM ->
                sent != null && sent.digitalSignatureAlgorithm() != null && sent.cryptographicAlgorithm() == null;
            case EVERYTHING ->
                sent != null
                        && sent.digitalSignatureAlgorithm() != null
                        && CryptographicAlgorithm.ECDSA.equals(sent.cryptographicAlgorithm());
            case HASH_AND_ALGORITHM ->
                sent != null
                        && CryptographicAlgorithm.ECDSA.equals(sent.cryptographicAlgorithm())
                        && sent.digitalSignatureAlgorithm() == null;
            case HASH_AND_EC -> sent != null && CryptographicAlgorithm.EC.equals(sent.cryptographicAlgorithm());
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH_AND_ALGORITHM", "EVERYTHING"})
    void sign_onServerThatTakesDigestsOnly_sendsTheDigest(SignDialect.Parameters dialect) throws Exception {
        serve(P256, "NONEwithECDSAinP1363Format", request -> request.digestedData() != null && isIn(dialect, request));

        Bytes signature =
                signer.signDer(SigningKey.of(KEY, P256.getPublic()), Mechanism.ECDSA_SHA256, Bytes.of(MESSAGE));

        assertThat(verifies(P256, "SHA256withECDSA", signature)).isTrue();
        assertThat(asked.get(asked.size() - 1).digestedData()).isEqualTo(Bytes.wrap(digest()));
    }

    @Test
    void sign_ofDigest_sendsItAsDigest() throws Exception {
        serve(P256, "NONEwithECDSA", request -> request.digestedData() != null);
        SigningKey key = SigningKey.of(KEY, P256.getPublic());

        Bytes signature = signer.sign(key, Mechanism.ECDSA, Bytes.wrap(digest()));

        assertThat(verifies(P256, "SHA256withECDSAinP1363Format", signature)).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void sign_ofDigestInfo_sendsItsDigestAndHash() throws Exception {
        serve(RSA, "SHA256withRSA", request -> false);
        byte[] info = HashAlgorithm.SHA_256.digestInfo(digest());

        assertThatThrownBy(() -> signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.RSA_PKCS, Bytes.wrap(info)))
                .isInstanceOf(InvalidAttributeException.class);
        assertThat(asked)
                .allSatisfy(request -> assertThat(request.digestedData()).isEqualTo(Bytes.wrap(digest())));
        assertThat(String.valueOf(parameters(0).hashingAlgorithm())).isEqualTo("SHA_256");
    }

    @Test
    void sign_ofDigestBefore14_saysWhatIsMissing() throws Exception {
        try (KmipClient old = server.client().version(KmipVersion.V1_2).open()) {
            assertThatThrownBy(() -> new KmipSigner(old)
                            .sign(SigningKey.of(KEY, P256.getPublic()), Mechanism.ECDSA, Bytes.wrap(digest())))
                    .isInstanceOf(MechanismNotSupportedException.class)
                    .hasMessageContaining("digests are signed from KMIP 1.4 on");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void sign_withPss_sendsTheSalt() throws Exception {
        serve(RSA, "RSASSA-PSS", request -> true);

        signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.SHA256_RSA_PKCS_PSS, Bytes.of(MESSAGE));

        assertThat(asked).hasSize(1);
        assertThat(parameters(0).saltLength()).isEqualTo(32);
        assertThat(parameters(0).paddingMethod()).isEqualTo(PaddingMethod.PSS);
        assertThat(String.valueOf(parameters(0).maskGeneratorHashingAlgorithm()))
                .isEqualTo("SHA_256");
    }

    @Test
    void sign_withPss_onServerThatKnowsNoSalt_isTakenIfItsSaltIsTheSame() throws Exception {
        serve(
                RSA,
                "RSASSA-PSS",
                request -> Optional.ofNullable(request.cryptographicParameters())
                        .filter(parameters -> parameters.saltLength() == null && parameters.maskGenerator() == null)
                        .isPresent());
        SigningKey unknown = new SigningKey(KEY, KeyType.RSA, 0, false, Optional.empty());

        signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.SHA256_RSA_PKCS_PSS, Bytes.of(MESSAGE));

        assertThatThrownBy(() -> new KmipSigner(client).sign(unknown, Mechanism.SHA256_RSA_PKCS_PSS, Bytes.of(MESSAGE)))
                .isInstanceOf(InvalidAttributeException.class);
    }

    @Test
    void sign_withEdwardsKey_namesItsAlgorithm() throws Exception {
        serve(ED25519, "Ed25519", request -> true);

        Bytes signature = signer.sign(SigningKey.of(KEY, ED25519.getPublic()), Mechanism.EDDSA, Bytes.of(MESSAGE));

        assertThat(verifies(ED25519, "Ed25519", signature)).isTrue();
        assertThat(parameters(0).cryptographicAlgorithm()).isEqualTo(CryptographicAlgorithm.ED25519);
    }

    @Test
    void sign_onServerThatIgnoresTheHash_isRefusedAndNotRemembered() {
        serve(P256, "SHA256withECDSA", request -> true);
        SigningKey key = SigningKey.of(KEY, P256.getPublic());

        for (int i = 0; i < 2; i++) {
            asked.clear();
            assertThatThrownBy(() -> signer.sign(key, Mechanism.ECDSA_SHA384, Bytes.of(MESSAGE)))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("no ECDSA signature of this key over the data");
            assertThat(asked).hasSizeGreaterThan(1);
        }
    }

    @Test
    void sign_withKeyThatMayNot_isRefusedAtOnce() {
        server.always(KmipFault.failing(ResultReason.WRONG_KEY_LIFECYCLE_STATE, "the key is not active"));

        assertThatThrownBy(() ->
                        signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE)))
                .isInstanceOf(TokenPermissionException.class)
                .hasMessageContaining("the key is not active");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sign_onServerThatDoesNotSign_isRefusedAtOnce() {
        server.always(KmipFault.failing(ResultReason.OPERATION_NOT_SUPPORTED, "no Sign here"));

        assertThatThrownBy(() ->
                        signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE)))
                .isInstanceOf(MechanismNotSupportedException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sign_whoseUsesAreCounted_isNotTriedAgainAfterItMayHaveBeenDone() {
        SigningKey counted = SigningKey.of(KEY, P256.getPublic()).withUsesCounted();
        serve(P256, "SHA256withECDSA", request -> true);

        assertThatThrownBy(() -> signer.sign(counted, Mechanism.ECDSA_SHA384, Bytes.of(MESSAGE)))
                .isInstanceOf(TokenProtocolException.class);
        assertThat(asked).hasSize(1);

        server.always(KmipFault.failing(ResultReason.GENERAL_FAILURE, "something"));
        assertThatThrownBy(() -> signer.sign(counted, Mechanism.ECDSA_SHA384, Bytes.of(MESSAGE)))
                .isInstanceOf(TokenOperationException.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void sign_verifyingEach_findsALaterWrongSignature() throws Exception {
        SigningKey key = SigningKey.of(KEY, RSA.getPublic());
        signer.sign(key, Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE));
        algorithm = "SHA1withRSA";

        assertThat(signer.sign(key, Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE))
                        .length())
                .isEqualTo(256);
        assertThatThrownBy(() -> signer.verifyingEach().sign(key, Mechanism.SHA256_RSA_PKCS, Bytes.of(MESSAGE)))
                .isInstanceOf(TokenProtocolException.class);
    }

    @Test
    void sign_byMechanismOfAnotherKey_isRefusedHere() {
        assertThatThrownBy(() ->
                        signer.sign(SigningKey.of(KEY, RSA.getPublic()), Mechanism.ECDSA_SHA256, Bytes.of(MESSAGE)))
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageContaining("CKM_ECDSA_SHA256");
        assertThat(asked).isEmpty();
    }

    @Test
    void key_ofACurveWithoutItsLength_isRefused() {
        assertThatThrownBy(() -> new SigningKey(KEY, KeyType.EC, 0, false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fieldBytes");
    }

    @Test
    void sign_ofUnknownPublicKey_isNotVerified() throws Exception {
        serve(P256, "SHA256withECDSA", request -> true);
        SigningKey key = new SigningKey(KEY, KeyType.EC, 32, false, Optional.empty());

        Bytes signature = signer.sign(key, Mechanism.ECDSA_SHA256, Bytes.of(MESSAGE));

        assertThat(verifies(P256, "SHA256withECDSA", Bytes.wrap(SignatureForm.toDer(signature.toByteArray()))))
                .isTrue();
    }

    private static byte[] digest() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(MESSAGE);
    }

    private static boolean verifies(KeyPair pair, String how, Bytes signature) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(how);
        engine.initVerify(pair.getPublic());
        engine.update(MESSAGE);
        return engine.verify(signature.toByteArray());
    }
}
