package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.ObjectClass;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;

/** Diffie-Hellman, keys that are joined and cut, and what a derived key may be. */
class DerivedKeyRulesTest extends DerivationFixture {
    @Test
    void dh_withAJdkKey_agrees() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DH");
        generator.initialize(2048);
        KeyPair theirs = generator.generateKeyPair();
        DHParameterSpec group = ((DHPublicKey) theirs.getPublic()).getParams();
        KeyPairObject ours = session.generateKeyPair(
                Mechanism.DH_PKCS_KEY_PAIR_GEN.of(
                        new MechanismParameters.DhKeyPair(unsigned(group.getP()), unsigned(group.getG()))),
                Template.empty(),
                deriving().with(Attribute.VALUE_BITS, 256L));
        KeyAgreement agreement = KeyAgreement.getInstance("DH");
        agreement.init(theirs.getPrivate());
        byte[] info = session.getAttributes(ours.publicKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                .get(Attribute.PUBLIC_KEY_INFO)
                .toByteArray();
        agreement.doPhase(KeyFactory.getInstance("DH").generatePublic(new X509EncodedKeySpec(info)), true);
        Bytes y = unsigned(((DHPublicKey) theirs.getPublic()).getY());

        assertThat(derived(ours.privateKey(), Mechanism.DH_PKCS_DERIVE.of(new DerivationParameters.PublicValue(y)), 0))
                .isEqualTo(agreement.generateSecret());
        assertThat(session.getAttributes(ours.privateKey(), Set.of(Attribute.VALUE_BITS))
                        .get(Attribute.VALUE_BITS))
                .isLessThanOrEqualTo(256);
        for (Bytes bad : List.of(Bytes.of((byte) 1), unsigned(group.getP().subtract(BigInteger.ONE)))) {
            assertThatThrownBy(() -> derived(
                            ours.privateKey(),
                            Mechanism.DH_PKCS_DERIVE.of(new DerivationParameters.PublicValue(bad)),
                            0))
                    .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        }
    }

    private static Bytes unsigned(BigInteger value) {
        return Bytes.wrap(org.bouncycastle.util.BigIntegers.asUnsignedByteArray(value));
    }

    @Test
    void simple_joinCombineAndCut() throws Exception {
        SecretKeyObject base =
                secret(KeyType.GENERIC_SECRET, hex("0123456789ab"), deriving().and(readable()));
        SecretKeyObject other =
                secret(KeyType.GENERIC_SECRET, hex("cdef"), deriving().and(readable()));
        DerivationParameters.StringData data = new DerivationParameters.StringData(Bytes.ofHex("ffff00"));

        assertThat(derived(base, Mechanism.CONCATENATE_BASE_AND_KEY.of(new DerivationParameters.OtherKey(other)), 0))
                .isEqualTo(hex("0123456789abcdef"));
        assertThat(derived(base, Mechanism.CONCATENATE_BASE_AND_DATA.of(data), 0))
                .isEqualTo(hex("0123456789abffff00"));
        assertThat(derived(base, Mechanism.CONCATENATE_DATA_AND_BASE.of(data), 4))
                .isEqualTo(hex("ffff0001"));
        assertThat(derived(base, Mechanism.XOR_BASE_AND_DATA.of(data), 0)).isEqualTo(hex("fedc45"));
        // PKCS #11 v3.2 section 6.43.7 gives the first of these as its example.
        SecretKeyObject example =
                secret(KeyType.GENERIC_SECRET, hex("329f84a9"), deriving().and(readable()));
        assertThat(derived(example, Mechanism.EXTRACT_KEY_FROM_KEY.of(new DerivationParameters.BitPosition(21)), 2))
                .isEqualTo(hex("9526"));
        assertThatThrownBy(() ->
                        derived(base, Mechanism.EXTRACT_KEY_FROM_KEY.of(new DerivationParameters.BitPosition(48)), 2))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> derived(base, Mechanism.XOR_BASE_AND_DATA.of(data), 4))
                .hasMessageContaining("CKR_KEY_SIZE_RANGE");
    }

    @Test
    void derive_ofASensitiveKeyByJoining_isSensitive() throws Exception {
        SecretKeyObject hidden = secret(KeyType.GENERIC_SECRET, INPUT, deriving());
        Mechanism join =
                Mechanism.CONCATENATE_BASE_AND_DATA.of(new DerivationParameters.StringData(Bytes.of((byte) 1)));

        assertThatThrownBy(() -> session.deriveKey(hidden, join, readable()))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        KeyObject key = session.deriveKey(hidden, join, Template.empty());
        Attributes attributes = session.getAttributes(key, Set.of(Attribute.SENSITIVE, Attribute.EXTRACTABLE));
        assertThat(attributes.get(Attribute.SENSITIVE)).isTrue();
        assertThat(attributes.get(Attribute.EXTRACTABLE)).isFalse();
    }

    @Test
    void derive_keepsHistoryOfItsBase() throws Exception {
        SecretKeyObject made = session.generateKey(Mechanism.HKDF_KEY_GEN.bytes(32), deriving());
        SecretKeyObject brought = secret(KeyType.HKDF, INPUT, deriving());
        Mechanism hkdf = hkdf(true, true, Bytes.empty(), Bytes.empty());
        Set<Attribute<?>> history =
                Set.of(Attribute.ALWAYS_SENSITIVE, Attribute.NEVER_EXTRACTABLE, Attribute.LOCAL, Attribute.CHECK_VALUE);

        Attributes ofMade =
                session.getAttributes(session.deriveKey(made, hkdf, Template.of(Attribute.VALUE_LEN, 16L)), history);
        Attributes ofBrought =
                session.getAttributes(session.deriveKey(brought, hkdf, Template.of(Attribute.VALUE_LEN, 16L)), history);

        assertThat(ofMade.get(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(ofMade.get(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(ofMade.get(Attribute.LOCAL)).isFalse();
        assertThat(ofMade.has(Attribute.CHECK_VALUE)).isTrue();
        assertThat(ofBrought.get(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(ofBrought.get(Attribute.NEVER_EXTRACTABLE)).isFalse();
    }

    @Test
    void derive_withoutPermissionOrAgainstItsTemplate_isRefused() throws Exception {
        SecretKeyObject mute = secret(KeyType.HKDF, INPUT, Template.empty());
        SecretKeyObject strict = secret(
                KeyType.HKDF,
                INPUT,
                deriving().with(Attribute.DERIVE_TEMPLATE, Template.of(Attribute.EXTRACTABLE, false)));
        Mechanism hkdf = hkdf(true, true, Bytes.empty(), Bytes.empty());

        assertThatThrownBy(() -> derived(mute, hkdf, 16)).hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> derived(strict, hkdf, 16)).hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() -> session.deriveKey(strict, hkdf, Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() -> derived(secret(KeyType.AES, new byte[16], deriving()), hkdf, 16))
                .hasMessageContaining("CKR_KEY_TYPE_INCONSISTENT");
        assertThatThrownBy(() -> session.deriveKey(
                        strict, Mechanism.of(Mechanism.HKDF_DERIVE.type()), Template.of(Attribute.VALUE_LEN, 16L)))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }
}
