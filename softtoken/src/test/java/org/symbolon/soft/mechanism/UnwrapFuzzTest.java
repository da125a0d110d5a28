package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ParameterSet;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** PKCS #8 that somebody damaged before it was wrapped: it opens to a key or is refused, and nothing else happens. */
class UnwrapFuzzTest extends TokenWithKeys {
    private static final byte[] KEY = new byte[32];
    private static final byte[] NONCE = new byte[12];
    private static final Mechanism GCM = Mechanism.AES_GCM.iv(Bytes.of(NONCE));
    private static final int CHANGES_OF_EACH = 400;

    @Test
    void unwrap_damagedPkcs8_opensOrIsInvalid() throws Exception {
        SecretKeyObject aes = secret(KeyType.AES, KEY, uses(Attribute.WRAP, Attribute.UNWRAP));
        Random random = new Random(20261121);
        int refused = 0;
        int kinds = 0;
        for (Mechanism generator : generators()) {
            KeyPairObject pair =
                    session.generateKeyPair(generator, Template.empty(), Template.of(Attribute.EXTRACTABLE, true));
            KeyType type = session.getAttributes(pair.privateKey(), Set.of(Attribute.KEY_TYPE))
                    .get(Attribute.KEY_TYPE);
            byte[] pkcs8 = gcm(Cipher.DECRYPT_MODE, session.wrapKey(aes, GCM, pair.privateKey()));
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                refused += refused(aes, type, damaged(pkcs8, random)) ? 1 : 0;
            }
            kinds++;
        }
        assertThat(kinds).isEqualTo(9);
        assertThat(refused).isGreaterThan(kinds * CHANGES_OF_EACH / 4);
    }

    private static List<Mechanism> generators() {
        List<Mechanism> generators = new ArrayList<>();
        generators.add(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048));
        for (NamedCurve curve : List.of(
                NamedCurve.P256,
                NamedCurve.BRAINPOOL_P192R1,
                NamedCurve.ED25519,
                NamedCurve.ED448,
                NamedCurve.X25519,
                NamedCurve.X448)) {
            generators.add(Mechanism.keyPairGen(curve));
        }
        generators.add(
                Mechanism.ML_DSA_KEY_PAIR_GEN.of(new MechanismParameters.ParameterSetKeyPair(ParameterSet.ML_DSA_44)));
        generators.add(
                Mechanism.ML_KEM_KEY_PAIR_GEN.of(new MechanismParameters.ParameterSetKeyPair(ParameterSet.ML_KEM_512)));
        return generators;
    }

    /** Changes a byte, mostly where the structure is, cuts the end off, or doubles a part. */
    private static byte[] damaged(byte[] pkcs8, Random random) {
        int structure = Math.min(pkcs8.length, 48);
        byte[] damaged = pkcs8.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged[random.nextInt(structure)] = (byte) random.nextInt();
            case 1 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            default -> {
                int at = random.nextInt(structure);
                System.arraycopy(pkcs8, 0, damaged, at, Math.min(pkcs8.length - at, 1 + random.nextInt(16)));
            }
        }
        return damaged;
    }

    private static boolean refused(SecretKeyObject aes, KeyType type, byte[] pkcs8) throws GeneralSecurityException {
        byte[] wrapped = gcm(Cipher.ENCRYPT_MODE, pkcs8);
        Template template =
                Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY).with(Attribute.KEY_TYPE, type);
        try {
            session.destroy(session.unwrapKey(aes, GCM, wrapped, template));
            return false;
        } catch (TokenException e) {
            assertThat(e.status().name()).as(Bytes.wrap(pkcs8).toHex()).isEqualTo("CKR_WRAPPED_KEY_INVALID");
            return true;
        }
    }

    private static byte[] gcm(int mode, byte[] data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, NONCE));
        return cipher.doFinal(data);
    }
}
