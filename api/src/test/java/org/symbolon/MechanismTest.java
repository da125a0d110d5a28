package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class MechanismTest {
    @Test
    void table_everyRow_isFoundByEachOfItsNames() {
        Map<String, MechanismType> owners = new HashMap<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            assertThat(MechanismTable.row(row.type())).contains(row);
            for (String name : row.jcaNames()) {
                assertThat(owners.put(name, row.type()))
                        .as(name + " in two rows")
                        .isNull();
                String[] parts = name.split(":", 2);
                assertThat(MechanismTable.byJcaName(parts[0], parts[1].toUpperCase(java.util.Locale.ROOT)))
                        .contains(row);
            }
            for (String name : row.sshNames()) {
                assertThat(MechanismTable.bySshName(name)).contains(row);
            }
        }
        assertThat(MechanismTable.rows()).hasSizeGreaterThan(40);
    }

    @Test
    void hash_ofEveryHashingSignature_isTheOneInItsName() {
        assertThat(Mechanism.ECDSA_SHA384.hash()).contains(HashAlgorithm.SHA_384);
        assertThat(Mechanism.ECDSA.hash()).isEmpty();
        assertThat(MechanismTable.bySshName("rsa-sha2-512").orElseThrow().hash())
                .contains(HashAlgorithm.SHA_512);
    }

    @Test
    void curve_ofAnotherKind_isRefusedInWords() {
        assertThatThrownBy(() -> Mechanism.EC_KEY_PAIR_GEN.curve("Ed25519"))
                .hasMessage("CKM_EC_KEY_PAIR_GEN makes CKK_EC keys, the curve Ed25519 has CKK_EC_EDWARDS");
        assertThatThrownBy(() -> Mechanism.EC_KEY_PAIR_GEN.curve("P-255")).hasMessage("no curve is named P-255");
    }

    @Test
    void keyPairGen_everyCurve_impliesItsParameters() {
        for (NamedCurve curve : NamedCurve.values()) {
            Mechanism mechanism = Mechanism.keyPairGen(curve);
            assertThat(mechanism.parameters().implied().attributes().get(Attribute.EC_PARAMS))
                    .isEqualTo(curve.ecParams());
            assertThat(MechanismTable.row(mechanism.type()).orElseThrow().keyType())
                    .contains(curve.keyType());
        }
    }

    @Test
    void parameters_outOfRange_nameParameterValueAndRange() {
        assertThatThrownBy(() -> Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(256))
                .hasMessage("modulusBits is 512 to 16384, not 256");
        assertThatThrownBy(() -> Mechanism.AES_GCM.parameters(Bytes.of((byte) 1), Bytes.empty(), 100))
                .hasMessage("tagBits is a multiple of 8, not 100");
    }

    @Test
    void curves_byAnyName_areFound() {
        assertThat(NamedCurve.of("p-256"))
                .contains(NamedCurve.P256)
                .isEqualTo(NamedCurve.of("secp256r1"))
                .isEqualTo(NamedCurve.of("nistp256"));
        Bytes printable = Bytes.ofHex("130c656477617264733235353139");
        assertThat(NamedCurve.ofEcParams(printable)).contains(NamedCurve.ED25519);
    }

    @Test
    void hashAlgorithm_ofAnySpelling_isFound() {
        assertThat(HashAlgorithm.of("sha256")).contains(HashAlgorithm.SHA_256);
        assertThat(HashAlgorithm.of("SHA-1")).contains(HashAlgorithm.SHA_1);
        assertThat(HashAlgorithm.of("SHA3-384")).contains(HashAlgorithm.SHA3_384);
        assertThat(HashAlgorithm.of("MD5")).isEmpty();
    }

    @Test
    void digestInfo_ofEveryHash_isWhatTheJdkSigns() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            Signature signature = Signature.getInstance(hash.jcaName().replace("SHA-", "SHA") + "withRSA");
            signature.initSign(keys.getPrivate());
            signature.update((byte) 1);
            Cipher raw = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            raw.init(Cipher.DECRYPT_MODE, keys.getPublic());
            byte[] digest = MessageDigest.getInstance(hash.jcaName()).digest(new byte[] {1});
            assertThat(hash.digestInfo(digest)).as(hash.jcaName()).isEqualTo(raw.doFinal(signature.sign()));
        }
    }
}
