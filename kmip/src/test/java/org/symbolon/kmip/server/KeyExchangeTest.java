package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.EncodingOption;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.SplitKeyMethod;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.enumeration.WrappingMethod;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.EncryptionKeyInformation;
import org.symbolon.kmip.object.KeyWrappingSpecification;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Certify;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.CreateSplitKey;
import org.symbolon.kmip.operation.Export;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Import;
import org.symbolon.kmip.operation.JoinSplitKey;
import org.symbolon.kmip.operation.ReKey;
import org.symbolon.kmip.operation.ReKeyKeyPair;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.operation.Validate;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Keys that go out wrapped and come back, that are split and joined, replaced, certified. */
class KeyExchangeTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final Clock CLOCK = Clock.fixed(MachineRig.NOW, ZoneOffset.UTC);

    private CryptoRig crypto;

    @BeforeEach
    void open() throws TokenException {
        crypto = new CryptoRig();
    }

    @AfterEach
    void close() {
        crypto.close();
    }

    private UniqueIdentifier wrappingKey(boolean sensitive) throws MalformedTtlvException {
        Attributes attributes = CryptoRig.active(CryptographicUsageMask.WRAP_KEY, CryptographicUsageMask.UNWRAP_KEY)
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                .with(AttributeType.SENSITIVE, sensitive);
        return crypto.call(new Create.Request(ObjectType.SYMMETRIC_KEY, attributes, null), Create.Response.class)
                .uniqueIdentifier();
    }

    private UniqueIdentifier secret() throws MalformedTtlvException {
        return crypto.register(CryptographicAlgorithm.AES, SECRET, CryptographicUsageMask.ENCRYPT);
    }

    @ParameterizedTest
    @CsvSource({
        "false, NISTKeyWrap, true",
        "false, NISTKeyWrap, false",
        "false, AESKeyWrapPadding, true",
        "false, GCM, false",
        "true, NISTKeyWrap, true",
        "true, NISTKeyWrap, false",
        "true, AESKeyWrapPadding, false"
    })
    void wrappedKey_comesBackUnwrapped(boolean sensitive, String mode, boolean bare) throws MalformedTtlvException {
        UniqueIdentifier by = wrappingKey(sensitive);
        Get.Response wrapped = crypto.call(
                new Get.Request(secret(), null, null, null, specification(by, mode, bare)), Get.Response.class);
        assertThat(String.valueOf(
                        Materials.block(wrapped.object()).orElseThrow().keyValue()))
                .doesNotContain(SECRET);
        UniqueIdentifier again = crypto.call(
                        new Register.Request(
                                ObjectType.SYMMETRIC_KEY,
                                CryptoRig.active(CryptographicUsageMask.ENCRYPT),
                                wrapped.object(),
                                null),
                        Register.Response.class)
                .uniqueIdentifier();
        Get.Response plain =
                crypto.call(new Get.Request(again, null, KeyWrapType.NOT_WRAPPED, null, null), Get.Response.class);
        assertThat(Materials.block(plain.object())
                        .orElseThrow()
                        .encoding()
                        .orElseThrow()
                        .toHex())
                .isEqualTo(SECRET);
    }

    private static KeyWrappingSpecification specification(UniqueIdentifier by, String mode, boolean bare) {
        return new KeyWrappingSpecification(
                WrappingMethod.ENCRYPT,
                new EncryptionKeyInformation(by, CryptoRig.mode(BlockCipherMode.named(mode))),
                null,
                List.of(),
                bare ? EncodingOption.NO_ENCODING : null);
    }

    @Test
    void wrapping_byAKeyThatIsNone_isRefused() throws MalformedTtlvException {
        UniqueIdentifier key = secret();
        assertThat(crypto.refusal(new Get.Request(key, null, null, null, specification(key, "NISTKeyWrap", true))))
                .isEqualTo(ResultReason.INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK);
        assertThat(crypto.refusal(new Get.Request(
                        key, null, null, null, specification(UniqueIdentifier.of("x"), "NISTKeyWrap", true))))
                .isEqualTo(ResultReason.WRAPPING_OBJECT_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"XOR, 3, 3", "PolynomialSharingGF2_8, 5, 3", "PolynomialSharingPrimeField, 4, 2"})
    void splitKey_isJoinedOfEnoughParts(String method, int parts, int threshold) throws MalformedTtlvException {
        BigInteger prime =
                method.endsWith("Field") ? BigInteger.ONE.shiftLeft(521).subtract(BigInteger.ONE) : null;
        List<UniqueIdentifier> shares = split(SplitKeyMethod.named(method), parts, threshold, prime);
        List<UniqueIdentifier> last = shares.subList(parts - threshold, parts);
        assertThat(crypto.value(
                        crypto.call(join(last), JoinSplitKey.Response.class).uniqueIdentifier()))
                .isEqualTo(SECRET);
        assertThat(crypto.refusal(join(last.subList(1, last.size())))).isEqualTo(ResultReason.CRYPTOGRAPHIC_FAILURE);
    }

    private List<UniqueIdentifier> split(SplitKeyMethod method, int parts, int threshold, @Nullable BigInteger prime)
            throws MalformedTtlvException {
        CreateSplitKey.Request request = new CreateSplitKey.Request(
                ObjectType.SPLIT_KEY, secret(), parts, threshold, method, prime, Attributes.NONE, null);
        return crypto.call(request, CreateSplitKey.Response.class).uniqueIdentifiers();
    }

    private static JoinSplitKey.Request join(List<UniqueIdentifier> shares) {
        return new JoinSplitKey.Request(
                ObjectType.SYMMETRIC_KEY,
                shares,
                null,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128),
                null);
    }

    @Test
    void split_intoNumbersThatMakeNoSense_isRefused() throws MalformedTtlvException {
        for (int[] numbers : new int[][] {{1, 1}, {256, 2}, {3, 4}, {3, 0}, {Integer.MAX_VALUE, 2}}) {
            assertThat(crypto.refusal(new CreateSplitKey.Request(
                            ObjectType.SPLIT_KEY,
                            secret(),
                            numbers[0],
                            numbers[1],
                            SplitKeyMethod.POLYNOMIAL_SHARING_GF2_8,
                            null,
                            Attributes.NONE,
                            null)))
                    .isEqualTo(ResultReason.INVALID_FIELD);
        }
    }

    private List<Link> links(UniqueIdentifier id) throws MalformedTtlvException {
        return attributes(id).all(AttributeType.LINK);
    }

    private Attributes attributes(UniqueIdentifier id) throws MalformedTtlvException {
        return crypto.call(new GetAttributes.Request(id, List.of()), GetAttributes.Response.class)
                .attributes();
    }

    @Test
    void reKey_movesNamesAndDatesAndLinksBoth() throws MalformedTtlvException {
        Attributes asked = CryptoRig.active(CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.NAME, Name.of("current"))
                .with(AttributeType.DEACTIVATION_DATE, MachineRig.NOW.plusSeconds(100));
        UniqueIdentifier old = crypto.call(
                        new Create.Request(ObjectType.SYMMETRIC_KEY, asked, null), Create.Response.class)
                .uniqueIdentifier();
        UniqueIdentifier made = crypto.call(
                        new ReKey.Request(old, Duration.ofSeconds(10), Attributes.NONE, null), ReKey.Response.class)
                .uniqueIdentifier();
        Attributes replacement = attributes(made);
        assertThat(crypto.value(made)).isNotEqualTo(crypto.value(old));
        assertThat(replacement.all(AttributeType.NAME)).containsExactly(Name.of("current"));
        assertThat(attributes(old).all(AttributeType.NAME)).isEmpty();
        assertThat(replacement.get(AttributeType.ACTIVATION_DATE)).contains(MachineRig.NOW.plusSeconds(10));
        assertThat(replacement.get(AttributeType.DEACTIVATION_DATE)).contains(MachineRig.NOW.plusSeconds(110));
        assertThat(links(made)).contains(new Link(LinkType.REPLACED_OBJECT_LINK, old));
        assertThat(links(old)).contains(new Link(LinkType.REPLACEMENT_OBJECT_LINK, made));
    }

    private CreateKeyPair.Response pair() throws MalformedTtlvException {
        return crypto.pair(
                CryptoRig.VERSION,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.EC)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256),
                CryptographicUsageMask.SIGN,
                CryptographicUsageMask.VERIFY);
    }

    @Test
    void reKeyKeyPair_replacesBothKeys() throws MalformedTtlvException {
        CreateKeyPair.Response old = pair();
        ReKeyKeyPair.Response made = crypto.call(
                new ReKeyKeyPair.Request(
                        old.privateKeyUniqueIdentifier(),
                        null,
                        Attributes.NONE,
                        Attributes.NONE,
                        Attributes.NONE,
                        null,
                        null,
                        null),
                ReKeyKeyPair.Response.class);
        assertThat(links(made.publicKeyUniqueIdentifier()))
                .contains(
                        new Link(LinkType.REPLACED_OBJECT_LINK, old.publicKeyUniqueIdentifier()),
                        new Link(LinkType.PRIVATE_KEY_LINK, made.privateKeyUniqueIdentifier()));
    }

    @Test
    void certify_withoutAnAuthority_isRefused() throws MalformedTtlvException {
        assertThat(crypto.refusal(certify(pair().publicKeyUniqueIdentifier())))
                .isEqualTo(ResultReason.FEATURE_NOT_SUPPORTED);
    }

    private static Certify.Request certify(UniqueIdentifier publicKey) {
        return new Certify.Request(publicKey, null, null, null, Attributes.NONE, null);
    }

    @Test
    void certify_aKeyOfACurve_isSignedByTheAuthority()
            throws MalformedTtlvException, TokenException, java.security.GeneralSecurityException {
        crypto.rig().certify(CLOCK);
        Attributes named = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.EC)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 384);
        CreateKeyPair.Response pair = crypto.pair(
                CryptoRig.VERSION,
                named.with(AttributeType.NAME, Name.of("a \"client\", of ours")),
                CryptographicUsageMask.SIGN,
                CryptographicUsageMask.VERIFY);
        UniqueIdentifier id = crypto.call(certify(pair.publicKeyUniqueIdentifier()), Certify.Response.class)
                .uniqueIdentifier();
        Get.Response made = crypto.call(new Get.Request(id, null, null, null, null), Get.Response.class);
        java.security.cert.X509Certificate x509 = NewObjects.parse(((Certificate) made.object()).certificateValue())
                .orElseThrow();
        java.security.cert.X509Certificate authority = NewObjects.parse(crypto.rig()
                        .session()
                        .getAttributes(
                                crypto.rig()
                                        .session()
                                        .require(org.symbolon.ObjectQuery.certificates()
                                                .label("authority")),
                                java.util.Set.of(org.symbolon.Attribute.VALUE))
                        .get(org.symbolon.Attribute.VALUE))
                .orElseThrow();
        x509.verify(authority.getPublicKey());
        assertThat(x509.getSubjectX500Principal())
                .isEqualTo(new javax.security.auth.x500.X500Principal("CN=a \\\"client\\\"\\, of ours"));
        assertThat(x509.getBasicConstraints()).isEqualTo(-1);
        assertThat(links(pair.publicKeyUniqueIdentifier())).contains(new Link(LinkType.CERTIFICATE_LINK, id));
        assertThat(validity(id, MachineRig.NOW)).isEqualTo(ValidityIndicator.VALID);
        assertThat(validity(id, MachineRig.NOW.plus(Duration.ofDays(400)))).isEqualTo(ValidityIndicator.INVALID);
    }

    private ValidityIndicator validity(UniqueIdentifier certificate, Instant at) throws MalformedTtlvException {
        return crypto.call(new Validate.Request(List.of(), List.of(certificate), at), Validate.Response.class)
                .validityIndicator();
    }

    @Test
    void export_isImportedElsewhere_butNotOverWhatIsThere() throws MalformedTtlvException {
        UniqueIdentifier id = secret();
        Export.Response exported = crypto.call(new Export.Request(id, null, null, null, null), Export.Response.class);
        assertThat(crypto.refusal(copy(exported, id, false))).isEqualTo(ResultReason.OBJECT_ALREADY_EXISTS);
        UniqueIdentifier made = crypto.call(
                        copy(exported, UniqueIdentifier.of("elsewhere"), false), Import.Response.class)
                .uniqueIdentifier();
        assertThat(crypto.value(made)).isEqualTo(SECRET);
        UniqueIdentifier replaced =
                crypto.call(copy(exported, id, true), Import.Response.class).uniqueIdentifier();
        assertThat(crypto.value(replaced)).isEqualTo(SECRET);
        assertThat(crypto.refusal(new Get.Request(id, null, null, null, null)))
                .isEqualTo(ResultReason.OBJECT_NOT_FOUND);
    }

    private static Import.Request copy(Export.Response exported, UniqueIdentifier as, boolean replace) {
        return new Import.Request(as, exported.objectType(), replace, null, exported.attributes(), exported.object());
    }
}
