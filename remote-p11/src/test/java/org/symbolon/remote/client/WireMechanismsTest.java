package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Fields;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.NoParameter;
import org.symbolon.remote.rpc.Argument.Parameter;
import org.symbolon.remote.rpc.Argument.Raw;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Dialect;

class WireMechanismsTest {
    private static final Bytes IV = Bytes.wrap(new byte[16]);
    private static final Bytes NONCE = Bytes.wrap(new byte[12]);

    @Test
    void pss_isTypedWhereTheReleaseTypesIt_andTheNativeStructureElsewhere() throws Exception {
        Fields fields = new Fields(List.of(new Ulong(0x250), new Ulong(2), new Ulong(32)));
        assertThat(parameter(Dialect.V0, Mechanism.RSA_PKCS_PSS.hash(HashAlgorithm.SHA_256)))
                .isEqualTo(fields);
        assertThat(parameter(Dialect.V1, Mechanism.SHA256_RSA_PKCS_PSS)).isEqualTo(fields);
        assertThat(parameter(Dialect.V0, Mechanism.SHA256_RSA_PKCS_PSS))
                .isEqualTo(new Raw(Bytes.ofHex("5002000000000000" + "0200000000000000" + "2000000000000000")));
    }

    @Test
    void iv_isTypedOrRaw_andOfOneBlock() throws Exception {
        assertThat(parameter(Dialect.V0, Mechanism.AES_CBC.iv(IV))).isEqualTo(new Raw(IV));
        assertThat(parameter(Dialect.V2, Mechanism.AES_CBC.iv(IV))).isEqualTo(new Fields(List.of(new Data(IV))));
        assertThatThrownBy(() -> parameter(Dialect.V2, Mechanism.AES_CBC.iv(NONCE)))
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID")
                .hasMessageContaining("16 bytes, not 12");
    }

    @Test
    void structuresWithPointers_travelOnlyWhereTheyAreTyped() throws Exception {
        assertThat(parameter(Dialect.V1, Mechanism.AES_GCM.iv(NONCE)))
                .isEqualTo(new Fields(List.of(new Data(NONCE), new Ulong(96), new NoData(), new Ulong(128))));
        assertRefused(Dialect.V0, Mechanism.AES_GCM.iv(NONCE));
        assertRefused(Dialect.V0, Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(IV)));
        assertThat(parameter(Dialect.V1, Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(IV))))
                .isEqualTo(new Fields(List.of(new Ulong(1), new NoData(), new Data(IV))));
        for (Dialect dialect : List.of(Dialect.V0, Dialect.V1, Dialect.V2)) {
            assertRefused(dialect, Mechanism.AES_CCM.of(new MechanismParameters.Ccm(1, NONCE, Bytes.empty(), 16)));
            assertRefused(
                    dialect,
                    Mechanism.HKDF_DERIVE.of(
                            new DerivationParameters.Hkdf(HashAlgorithm.SHA_256, Bytes.empty(), Bytes.empty())));
            assertRefused(
                    dialect, new Mechanism(Mechanism.EDDSA.type(), new MechanismParameters.EdDsa(true, Bytes.empty())));
        }
    }

    @Test
    void rawBytesForAStructureWithPointers_areNotSent() {
        assertRefused(Dialect.V0, new Mechanism(Mechanism.AES_GCM.type(), new MechanismParameters.Raw(IV)));
        assertRefused(Dialect.V2, new Mechanism(Mechanism.AES_GCM.type(), new MechanismParameters.Raw(IV)));
    }

    @Test
    void rawBytesForAMechanismOfAVendor_areSent() throws Exception {
        MechanismType vendor = new MechanismType(0x8000_1234L);
        assertThat(parameter(Dialect.V2, new Mechanism(vendor, new MechanismParameters.Raw(IV))))
                .isEqualTo(new Raw(IV));
    }

    @Test
    void mechanismsWithoutParameter_haveNone() throws Exception {
        for (Mechanism mechanism : List.of(Mechanism.ECDSA, Mechanism.EDDSA, Mechanism.ML_DSA, Mechanism.SHA256)) {
            assertThat(parameter(Dialect.V0, mechanism)).isEqualTo(new NoParameter());
        }
    }

    @Test
    void carries_whatEachReleaseCan() {
        WireMechanisms oldest = new WireMechanisms(Dialect.V0);
        WireMechanisms newest = new WireMechanisms(Dialect.V2);
        for (String name : List.of("CKM_ECDSA", "CKM_EDDSA", "CKM_AES_KEY_WRAP", "CKM_AES_CTR", "CKM_SHA3_256")) {
            assertThat(oldest.carries(MechanismType.named(name))).as(name).isTrue();
        }
        for (String name : List.of("CKM_AES_GCM", "CKM_ECDH1_DERIVE")) {
            assertThat(oldest.carries(MechanismType.named(name))).as(name).isFalse();
            assertThat(newest.carries(MechanismType.named(name))).as(name).isTrue();
        }
        for (String name :
                List.of("CKM_AES_CCM", "CKM_HKDF_DERIVE", "CKM_TLS12_MASTER_KEY_DERIVE", "CKM_PKCS5_PBKD2")) {
            assertThat(newest.carries(MechanismType.named(name))).as(name).isFalse();
        }
    }

    private static void assertRefused(Dialect dialect, Mechanism mechanism) {
        assertThatThrownBy(() -> parameter(dialect, mechanism))
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageContaining("cannot carry");
    }

    private static Parameter parameter(Dialect dialect, Mechanism mechanism) throws Exception {
        return new WireMechanisms(dialect).toWire(mechanism, key -> 1).parameter();
    }
}
