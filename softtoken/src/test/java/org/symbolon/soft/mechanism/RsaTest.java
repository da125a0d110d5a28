package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/** RSA against Bouncy Castle and the JDK. */
class RsaTest extends TokenWithKeys {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final int BYTES = 256;

    private static KeyPairObject signing;
    private static KeyPairObject encrypting;
    private static PublicKey signingKey;
    private static PublicKey encryptingKey;

    @BeforeAll
    static void makeKeys() throws TokenException {
        Mechanism generator = Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(8 * BYTES);
        signing = session.generateKeyPair(generator, Template.empty());
        encrypting = session.generateKeyPair(
                generator, Template.of(Attribute.ENCRYPT, true), Template.of(Attribute.DECRYPT, true));
        signingKey = PublicKeys.of(signing.publicKey());
        encryptingKey = PublicKeys.of(encrypting.publicKey());
    }

    @ParameterizedTest
    @EnumSource
    void sign_pkcs1WithEachHash_verifiesElsewhere(HashAlgorithm hash) throws Exception {
        Mechanism mechanism = Mechanism.of(MechanismType.named("CKM_" + pkcs(hash) + "_RSA_PKCS"));

        byte[] signature = signature(signing, mechanism, MESSAGE);

        Signature engine = Signature.getInstance(hash.jcaName().replace("SHA-", "SHA") + "withRSA", BC);
        engine.initVerify(signingKey);
        engine.update(MESSAGE);
        assertThat(engine.verify(signature)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void sign_pssWithEachHashAndMgfHash_verifiesElsewhere(HashAlgorithm hash) throws Exception {
        for (HashAlgorithm mgf : EnumSet.of(hash, HashAlgorithm.SHA_1, HashAlgorithm.SHA3_256)) {
            for (int salt : new int[] {0, 20}) {
                Mechanism mechanism = new Mechanism(
                        MechanismType.named("CKM_" + pkcs(hash) + "_RSA_PKCS_PSS"),
                        new MechanismParameters.Pss(hash, mgf, salt));

                Mechanism raw = Mechanism.RSA_PKCS_PSS.parameters(hash, mgf, salt);
                byte[] digest = MessageDigest.getInstance(hash.jcaName()).digest(MESSAGE);
                Signature engine = Signature.getInstance("RSASSA-PSS");
                engine.setParameter(
                        new PSSParameterSpec(hash.jcaName(), "MGF1", new MGF1ParameterSpec(mgf.jcaName()), salt, 1));
                engine.initVerify(signingKey);
                for (byte[] signature :
                        List.of(signature(signing, mechanism, MESSAGE), signature(signing, raw, digest))) {
                    engine.update(MESSAGE);
                    assertThat(engine.verify(signature)).as(hash + " " + mgf).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void oaep_withEachHashMgfHashAndLabel_opensBothWays(HashAlgorithm hash) throws Exception {
        for (HashAlgorithm mgf : HashAlgorithm.values()) {
            for (Bytes label : new Bytes[] {Bytes.empty(), Bytes.of((byte) 1, (byte) 2)}) {
                Mechanism mechanism = Mechanism.RSA_PKCS_OAEP.parameters(hash, mgf, label);
                Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", BC);
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        encryptingKey,
                        new OAEPParameterSpec(
                                hash.jcaName(),
                                "MGF1",
                                new MGF1ParameterSpec(mgf.jcaName()),
                                new PSource.PSpecified(label.toByteArray())));

                assertThat(session.decrypt(encrypting.privateKey(), mechanism, cipher.doFinal(MESSAGE)))
                        .as(hash + " " + mgf)
                        .isEqualTo(MESSAGE);
                assertThat(session.decrypt(
                                encrypting.privateKey(),
                                mechanism,
                                session.encrypt(encrypting.publicKey(), mechanism, MESSAGE)))
                        .isEqualTo(MESSAGE);
            }
        }
    }

    @Test
    void oaep_withOtherLabelHashOrMgf_isOneError() throws Exception {
        byte[] ciphertext = session.encrypt(
                encrypting.publicKey(),
                Mechanism.RSA_PKCS_OAEP.parameters(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, Bytes.empty()),
                MESSAGE);
        Set<String> messages = new HashSet<>();
        for (Mechanism other : new Mechanism[] {
            Mechanism.RSA_PKCS_OAEP.parameters(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, Bytes.of((byte) 1)),
            Mechanism.RSA_PKCS_OAEP.parameters(HashAlgorithm.SHA_1, HashAlgorithm.SHA_256, Bytes.empty()),
            Mechanism.RSA_PKCS_OAEP.parameters(HashAlgorithm.SHA_256, HashAlgorithm.SHA_1, Bytes.empty()),
        }) {
            messages.add(refused(other, ciphertext));
        }
        assertThat(messages).singleElement().asString().contains("CKR_ENCRYPTED_DATA_INVALID");
    }

    private static String refused(Mechanism mechanism, byte[] ciphertext) {
        try {
            session.decrypt(encrypting.privateKey(), mechanism, ciphertext);
        } catch (TokenException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("it opened");
    }

    @Test
    void oaep_ofTooLongData_isDataLength() {
        assertThatThrownBy(() -> session.encrypt(
                        encrypting.publicKey(), Mechanism.RSA_PKCS_OAEP.hash(HashAlgorithm.SHA_256), new byte[191]))
                .hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() ->
                        session.encrypt(encrypting.publicKey(), Mechanism.of(Mechanism.RSA_PKCS_OAEP.type()), MESSAGE))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> session.decrypt(
                        encrypting.privateKey(), Mechanism.RSA_PKCS_OAEP.hash(HashAlgorithm.SHA_256), new byte[255]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_LEN_RANGE");
    }

    @Test
    void pkcs1_encryption_opensBothWays() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        for (int length : new int[] {0, 1, 16, BYTES - 11}) {
            byte[] data = Arrays.copyOf(MESSAGE, length);
            cipher.init(Cipher.ENCRYPT_MODE, encryptingKey);
            assertThat(session.decrypt(encrypting.privateKey(), Mechanism.RSA_PKCS, cipher.doFinal(data)))
                    .isEqualTo(data);
            byte[] ciphertext = session.encrypt(encrypting.publicKey(), Mechanism.RSA_PKCS, data);
            assertThat(session.decrypt(encrypting.privateKey(), Mechanism.RSA_PKCS, ciphertext))
                    .isEqualTo(data);
            byte[] block = session.decrypt(encrypting.privateKey(), Mechanism.RSA_X_509, ciphertext);
            assertThat(Arrays.copyOf(block, 2)).containsExactly(0, 2);
            assertThat(block).endsWith(data);
        }
    }

    /** Every way in which a block can be wrong (Bleichenbacher's oracle) looks the same from outside. */
    @Test
    void pkcs1_ofEveryWrongPadding_isOneError() throws Exception {
        Set<String> messages = new HashSet<>();
        for (int wrong = 0; wrong < 6; wrong++) {
            byte[] block = new byte[BYTES];
            Arrays.fill(block, (byte) 0x55);
            block[0] = 0;
            block[1] = 2;
            block[100] = 0;
            switch (wrong) {
                case 0 -> block[0] = 1;
                case 1 -> block[1] = 1;
                case 2 -> block[100] = 1;
                case 3 -> block[2] = 0;
                case 4 -> block[9] = 0;
                default -> Arrays.fill(block, 1, BYTES, (byte) 0);
            }
            messages.add(
                    refused(Mechanism.RSA_PKCS, session.encrypt(encrypting.publicKey(), Mechanism.RSA_X_509, block)));
        }
        messages.add(refused(Mechanism.RSA_PKCS, filled(BYTES)));
        assertThat(messages).singleElement().asString().contains("CKR_ENCRYPTED_DATA_INVALID");
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    @Test
    void pkcs1_withEightRandomBytes_opens() throws Exception {
        byte[] block = new byte[BYTES];
        Arrays.fill(block, (byte) 7);
        block[0] = 0;
        block[1] = 2;
        block[10] = 0;

        byte[] ciphertext = session.encrypt(encrypting.publicKey(), Mechanism.RSA_X_509, block);

        assertThat(session.decrypt(encrypting.privateKey(), Mechanism.RSA_PKCS, ciphertext))
                .hasSize(BYTES - 11);
    }

    @Test
    void x509_isThePlainFunction() throws Exception {
        BigInteger n = ((RSAPublicKey) encryptingKey).getModulus();
        BigInteger e = ((RSAPublicKey) encryptingKey).getPublicExponent();
        byte[] ciphertext = session.encrypt(encrypting.publicKey(), Mechanism.RSA_X_509, MESSAGE);

        assertThat(new BigInteger(1, ciphertext)).isEqualTo(new BigInteger(1, MESSAGE).modPow(e, n));
        assertThat(new BigInteger(1, session.decrypt(encrypting.privateKey(), Mechanism.RSA_X_509, ciphertext)))
                .isEqualTo(new BigInteger(1, MESSAGE));
        byte[] signature = signature(signing, Mechanism.RSA_X_509, MESSAGE);
        BigInteger signed = new BigInteger(1, signature).modPow(e, ((RSAPublicKey) signingKey).getModulus());
        assertThat(signed).isEqualTo(new BigInteger(1, MESSAGE));
        assertThatThrownBy(() -> session.encrypt(encrypting.publicKey(), Mechanism.RSA_X_509, filled(BYTES)))
                .hasMessageContaining("CKR_DATA_INVALID");
        assertThatThrownBy(() -> session.encrypt(encrypting.publicKey(), Mechanism.RSA_X_509, new byte[BYTES + 1]))
                .hasMessageContaining("CKR_DATA_LEN_RANGE");
    }

    private static String pkcs(HashAlgorithm hash) {
        return hash.jcaName().replace("SHA-", "SHA").replace('-', '_');
    }
}
