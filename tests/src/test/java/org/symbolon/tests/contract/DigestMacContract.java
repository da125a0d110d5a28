package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;

/** Digests and MACs: every one that the token offers, checked with the JDK. */
abstract class DigestMacContract extends Contract {
    private static final byte[] MESSAGE = "fit the halves together".repeat(20).getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    DigestMacContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> digest_withEachMechanism_agreesWithTheJdk() throws TokenException {
        return DynamicTest.stream(
                offered("MessageDigest:").iterator(), row -> row.type().name(), row -> {
                    Mechanism mechanism = Mechanism.of(row.type());
                    MessageDigest jdk =
                            MessageDigest.getInstance(row.hash().orElseThrow().jcaName());

                    assertThat(session().digest(mechanism, MESSAGE)).isEqualTo(jdk.digest(MESSAGE));
                    assertThat(session().digest(mechanism, new byte[0])).isEqualTo(jdk.digest());
                    for (int step : new int[] {1, 50, MESSAGE.length}) {
                        try (Operation operation = session().startDigest(mechanism)) {
                            update(operation, step);
                            assertThat(operation.finish()).isEqualTo(jdk.digest(MESSAGE));
                        }
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> mac_withEachMechanism_agreesWithTheJdk() throws TokenException {
        SecretKeyObject key = generic(Template.of(Attribute.SIGN, true).with(Attribute.VERIFY, true));
        return DynamicTest.stream(
                offered("Mac:Hmac").iterator(), row -> row.type().name(), row -> {
                    Mechanism mechanism = Mechanism.of(row.type());
                    String jcaName = row.jcaNames().get(0).substring("Mac:".length());
                    Mac jdk = Mac.getInstance(jcaName);
                    jdk.init(new SecretKeySpec(KEY, jcaName));
                    byte[] expected = jdk.doFinal(MESSAGE);
                    byte[] shortened = java.util.Arrays.copyOf(expected, expected.length - 1);

                    assertThat(session().sign(key, mechanism, MESSAGE)).isEqualTo(expected);
                    assertThat(session().verify(key, mechanism, MESSAGE, expected))
                            .isTrue();
                    assertThat(session().verify(key, mechanism, new byte[1], expected))
                            .isFalse();
                    assertThat(verifies(key, mechanism, shortened)).isFalse();
                    try (Operation operation = session().startSign(key, mechanism)) {
                        update(operation, 11);
                        assertThat(operation.finish()).isEqualTo(expected);
                    }
                    try (Operation operation = session().startVerify(key, mechanism)) {
                        update(operation, 11);
                        assertThat(operation.verify(expected)).isTrue();
                    }
                });
    }

    @Test
    void mac_withAKeyThatMayNot_isRefused() throws TokenException {
        SecretKeyObject key = generic(Template.of(Attribute.SIGN, false).with(Attribute.VERIFY, true));

        assertRefused(
                TokenPermissionException.class,
                () -> session().sign(key, Mechanism.SHA256_HMAC, MESSAGE),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
    }

    @Test
    void mac_withAGeneratedKey_isTheSameEachTime() throws TokenException {
        SecretKeyObject key = session()
                .generateKey(
                        Mechanism.GENERIC_SECRET_KEY_GEN.bytes(32),
                        Template.of(Attribute.SIGN, true).with(Attribute.VERIFY, true));

        byte[] first = session().sign(key, Mechanism.SHA256_HMAC, MESSAGE);

        assertThat(first).hasSize(32);
        assertThat(session().sign(key, Mechanism.SHA256_HMAC, MESSAGE)).isEqualTo(first);
        assertThat(session().sign(key, Mechanism.SHA256_HMAC, KEY)).isNotEqualTo(first);
    }

    private List<MechanismTable.Row> offered(String jcaPrefix) throws TokenException {
        var offered = token().mechanisms();
        List<MechanismTable.Row> rows = MechanismTable.rows().stream()
                .filter(row -> row.jcaNames().stream().anyMatch(name -> name.startsWith(jcaPrefix)))
                .filter(row -> isOffered(offered.get(row.type())))
                .toList();
        assertThat(rows).extracting(MechanismTable.Row::type).isNotEmpty();
        return rows;
    }

    private static boolean isOffered(@Nullable MechanismInfo info) {
        return info != null && (info.supports(MechanismFunction.DIGEST) || info.supports(MechanismFunction.SIGN));
    }

    private boolean verifies(SecretKeyObject key, Mechanism mechanism, byte[] mac) throws TokenException {
        try {
            return session().verify(key, mechanism, MESSAGE, mac);
        } catch (TokenException e) {
            assertThat(e.status().name()).isIn("CKR_SIGNATURE_LEN_RANGE", "CKR_SIGNATURE_INVALID");
            return false;
        }
    }

    private SecretKeyObject generic(Template usage) throws TokenException {
        return (SecretKeyObject) session()
                .create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                        .with(Attribute.VALUE, SecretBytes.copyOf(KEY))
                        .and(usage)
                        .inSession());
    }

    private static void update(Operation operation, int step) throws TokenException {
        for (int offset = 0; offset < MESSAGE.length; offset += step) {
            operation.update(MESSAGE, offset, Math.min(step, MESSAGE.length - offset));
        }
    }
}
