package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Bytes;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.TokenPermissionException;
import org.symbolon.kmip.KmipBatch;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.ttlv.KmipVersion;

/** The client against PyKMIP's server, in each version that the server speaks. */
class PykmipClientTest {
    private static final Attributes AES = Attributes.NONE
            .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
            .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
            .with(
                    AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
                    CryptographicUsageMask.of(CryptographicUsageMask.ENCRYPT, CryptographicUsageMask.DECRYPT));

    private static final CryptographicParameters SHA256_WITH_RSA = CryptographicParameters.builder()
            .paddingMethod(PaddingMethod.PKCS1_V1_5)
            .hashingAlgorithm(HashingAlgorithm.SHA_256)
            .cryptographicAlgorithm(CryptographicAlgorithm.RSA)
            .build();

    @TempDir
    private static Path folder;

    private static PykmipServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PykmipServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void version_ofPykmip_is20() throws Exception {
        try (KmipClient client = server.client().open()) {
            assertThat(client.version()).isEqualTo(KmipVersion.V2_0);
            assertThat(client.call(new Query.Request(List.of(QueryFunction.QUERY_OPERATIONS), null))
                            .operations())
                    .contains(Operation.CREATE, Operation.GET, Operation.LOCATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "2.0"})
    void lifeOfAKey_inEachVersion_isTheSame(String version) throws Exception {
        String name = "aes-" + version;
        try (KmipClient client = in(version)) {
            UniqueIdentifier key = client.create(ObjectType.SYMMETRIC_KEY, AES.with(AttributeType.NAME, Name.of(name)));

            assertThat(client.locate(Attributes.NONE.with(AttributeType.NAME, Name.of(name))))
                    .containsExactly(key);
            Attributes attributes = client.getAttributes(key);
            assertThat(attributes.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM)).contains(CryptographicAlgorithm.AES);
            assertThat(attributes.get(AttributeType.CRYPTOGRAPHIC_LENGTH)).contains(256);
            assertThat(attributes.get(AttributeType.NAME)).contains(Name.of(name));
            assertThat(attributes.get(AttributeType.STATE)).contains(State.PRE_ACTIVE);
            assertThat(client.get(key))
                    .isInstanceOfSatisfying(
                            SymmetricKey.class,
                            found -> assertThat(found.keyBlock()
                                            .encoding()
                                            .orElseThrow()
                                            .length())
                                    .isEqualTo(32));

            client.activate(key);
            assertThatThrownBy(() -> client.destroy(key)).isInstanceOf(TokenPermissionException.class);
            client.revoke(key, RevocationReasonCode.CESSATION_OF_OPERATION);
            client.destroy(key);
            assertThatThrownBy(() -> client.get(key)).isInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void register_keyOfOurs_comesBackAsItWent() throws Exception {
        Bytes material = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
        SymmetricKey ours = new SymmetricKey(KeyBlock.of(KeyFormatType.RAW, material, CryptographicAlgorithm.AES, 128));
        try (KmipClient client = in("1.4")) {
            UniqueIdentifier key = client.register(
                    ours, Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT));

            assertThat(client.get(key)).isEqualTo(ours);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.4", "2.0"})
    void sign_withRsa_verifies(String version) throws Exception {
        Bytes data = Bytes.wrap("hello".getBytes(StandardCharsets.UTF_8));
        try (KmipClient client = in(version)) {
            CreateKeyPair.Response pair = client.createKeyPair(
                    Attributes.NONE
                            .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.RSA)
                            .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 2048),
                    Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                    Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
            client.activate(pair.privateKeyUniqueIdentifier());
            client.activate(pair.publicKeyUniqueIdentifier());

            Bytes signature = client.sign(pair.privateKeyUniqueIdentifier(), SHA256_WITH_RSA, data);

            assertThat(signature.length()).isEqualTo(256);
            assertThat(client.verify(pair.publicKeyUniqueIdentifier(), SHA256_WITH_RSA, data, signature))
                    .isTrue();
            assertThat(client.verify(pair.publicKeyUniqueIdentifier(), SHA256_WITH_RSA, Bytes.empty(), signature))
                    .isFalse();
        }
    }

    /** PyKMIP takes the placeholder in Get; its Activate insists on an identifier. */
    @Test
    void batch_inOrder_getsWhatItCreates() throws Exception {
        try (KmipClient client = in("1.4")) {
            KmipBatch batch = client.batch().inOrder();
            KmipBatch.Answer<Create.Response> key = batch.add(new Create.Request(ObjectType.SYMMETRIC_KEY, AES, null));
            KmipBatch.Answer<Get.Response> got = batch.add(new Get.Request(null, null, null, null, null));
            KmipBatch.Answer<Activate.Response> refused =
                    batch.add(new Activate.Request(UniqueIdentifier.of("no such object")));
            batch.send();

            assertThat(got.get().uniqueIdentifier()).isEqualTo(key.get().uniqueIdentifier());
            assertThat(got.get().object()).isEqualTo(client.get(key.get().uniqueIdentifier()));
            assertThatThrownBy(refused::get).isInstanceOf(ObjectNotFoundException.class);
        }
    }

    private static KmipClient in(String version) throws Exception {
        return server.client().version(KmipVersion.parse(version)).open();
    }
}
