package org.symbolon.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.ParameterSet;
import org.symbolon.PublicKeyObject;
import org.symbolon.TokenProtocolException;

class PublicKeysTest {
    private static KeyPair generate(String name) throws Exception {
        if (name.equals("RSA")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        }
        NamedCurve curve = NamedCurve.of(name).orElseThrow();
        if (curve.keyType().equals(KeyType.EC)) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve.jcaName()));
            return generator.generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(curve.jcaName());
        generator.initialize(new NamedParameterSpec(curve.jcaName()));
        return generator.generateKeyPair();
    }

    private static PublicKeyObject object(Attributes attributes) {
        return new PublicKeyObject(new ObjectId.Unique("s", "u"), attributes, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "P-384", "P-521", "Ed25519", "Ed448", "X25519", "X448"})
    void template_ofAKey_makesThatKeyAgain(String name) throws Exception {
        for (int round = 0; round < (name.equals("RSA") ? 1 : 20); round++) {
            KeyPair pair = generate(name);
            Attributes attributes = PublicKeys.template(pair.getPublic()).attributes();
            assertThat(PublicKeys.of(object(attributes))).isEqualTo(pair.getPublic());
        }
    }

    @Test
    void template_ofADiffieHellmanKey_makesThatKeyAgain() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DH");
        generator.initialize(2048);
        PublicKey key = generator.generateKeyPair().getPublic();
        assertThat(PublicKeys.of(object(PublicKeys.template(key).attributes()))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "ML-KEM-1024", "SLH-DSA-SHAKE-256f"})
    void publicKey_ofAParameterSet_isItsEncoding(String name) throws Exception {
        ParameterSet set = ParameterSet.of(name).orElseThrow();
        Attributes attributes = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .set(Attribute.KEY_TYPE, set.keyType())
                .set(Attribute.PARAMETER_SET, set.code())
                .set(Attribute.VALUE, Bytes.wrap(new byte[1568]))
                .build();
        PublicKey key = PublicKeys.of(object(attributes));
        assertThat(name).startsWith(key.getAlgorithm());
        assertThat(key.getFormat()).isEqualTo("X.509");
        assertThat(key.toString()).contains(name);
        assertThat(PublicKeys.template(key).attributes()).isEqualTo(attributes);
    }

    /** The length of its encoding looks like the tag of an object identifier. */
    @Test
    void template_ofAVeryLongRsaKey_makesThatKeyAgain() throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(12_287).setBit(0);
        PublicKey key =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        assertThat(PublicKeys.of(object(PublicKeys.template(key).attributes()))).isEqualTo(key);
    }

    @Test
    void of_rawPointOfAnOlderToken_isTakenToo() throws Exception {
        KeyPair pair = generate("P-256");
        Attributes attributes = PublicKeys.template(pair.getPublic()).attributes();
        byte[] raw = PublicKeys.rawPoint(attributes.get(Attribute.EC_POINT), NamedCurve.P256);
        assertThat(PublicKeys.of(object(attributes.with(Attribute.EC_POINT, Bytes.wrap(raw)))))
                .isEqualTo(pair.getPublic());
    }

    @Test
    void of_pointOfTheWrongLength_isRefusedInWords() throws Exception {
        Attributes attributes = PublicKeys.template(generate("P-256").getPublic())
                .attributes()
                .with(Attribute.EC_POINT, Bytes.ofHex("04020102"))
                .with(Attribute.LABEL, "bad");
        assertThatThrownBy(() -> PublicKeys.of(object(attributes)))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("public key \"bad\" has public attributes that make no key")
                .hasMessageContaining("a point on P-256 has 65 bytes, not 2");
    }

    @Test
    void find_withoutPublicPart_isEmpty() throws Exception {
        Attributes attributes =
                Attributes.none().with(Attribute.CLASS, ObjectClass.PRIVATE_KEY).with(Attribute.KEY_TYPE, KeyType.EC);
        assertThat(PublicKeys.find(object(attributes))).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P-256", "P-521", "Ed25519", "X25519"})
    void privateKeyTemplate_closed_isWiped(String name) throws Exception {
        KeyPair pair = generate(name);
        KeyImport.PrivateKeyTemplate template = KeyImport.PrivateKeyTemplate.of(pair.getPrivate(), pair.getPublic());
        Attribute<Bytes> secret = name.equals("RSA") ? Attribute.PRIVATE_EXPONENT : Attribute.VALUE;
        Bytes value = template.template().attributes().get(secret);
        assertThat(value.length()).isPositive();
        template.close();
        assertThatThrownBy(value::toByteArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asEncoding_ofAKeyWithANullInItsAlgorithm_isTheKeyWithoutIt() {
        String oid = "0609608648016503040311"; // 2.16.840.1.101.3.4.3.17
        Bytes key = Bytes.ofHex("3011300b" + oid + "0302" + "00ff");
        Bytes withNull = Bytes.ofHex("3013300d" + oid + "0500" + "0302" + "00ff");
        assertThat(PublicKeys.asEncoding(withNull)).isEqualTo(PublicKeys.asEncoding(key));
        assertThat(PublicKeys.asEncoding(withNull).getEncoded()).isEqualTo(key.toByteArray());
    }

    @Test
    void asEncoding_cutOrChanged_isRefused() throws Exception {
        byte[] whole = Bytes.ofHex("3011300b0609608648016503040311030200ff").toByteArray();
        for (int i = 0; i < whole.length; i++) {
            Bytes cut = Bytes.of(Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> PublicKeys.asEncoding(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < whole.length - 1; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x40;
            assertThatThrownBy(() -> PublicKeys.asEncoding(Bytes.wrap(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Bytes ec = Bytes.wrap(generate("P-256").getPublic().getEncoded());
        assertThatThrownBy(() -> PublicKeys.asEncoding(ec)).isInstanceOf(IllegalArgumentException.class);
    }
}
