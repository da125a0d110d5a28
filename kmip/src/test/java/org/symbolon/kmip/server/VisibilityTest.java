package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectId;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.Authentication;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.OpaqueObject;
import org.symbolon.kmip.object.Operations;
import org.symbolon.kmip.object.Right;
import org.symbolon.kmip.object.Rights;
import org.symbolon.kmip.object.Ticket;
import org.symbolon.kmip.object.TicketCredential;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.DelegatedLogin;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Import;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Login;
import org.symbolon.kmip.operation.Logout;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.operation.ReKey;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Two identities and an administrator on one token. */
class VisibilityTest {
    private static final KmipVersion VERSION = KmipVersion.V2_1;

    private MachineRig rig;
    private RequestMachine machine;

    @BeforeEach
    void open() throws TokenException {
        rig = new MachineRig();
        serve(KmipAccess.ofDefaults()
                .withAdministrator("root")
                .withGroup("shared", new KmipAccess.Group(Set.of("bob"), Set.of("alice"))));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void serve(KmipAccess access) {
        Tickets tickets = new Tickets(Clock.systemUTC());
        Admission admission = new Admission(
                claim -> {
                    if (claim.credentials().isEmpty()) {
                        throw new KmipAuthenticationException("no credential");
                    }
                    return KmipProof.of(
                            ((UsernameAndPassword) claim.credentials().get(0)).username());
                },
                true,
                tickets,
                new TokenService(
                        identity -> rig.session(),
                        access,
                        Clock.systemUTC(),
                        Semantics.DEFAULT.withAuthority("authority"),
                        tickets));
        machine = new RequestMachine(admission, Clock.systemUTC(), TtlvLimits.DEFAULT);
    }

    private ResponseBatchItem ask(@Nullable Credential credential, KmipRequest<?> request) throws Exception {
        Authentication authentication = credential == null ? null : new Authentication(List.of(credential));
        RequestHeader header = new RequestHeader(
                VERSION, null, null, null, null, null, List.of(), authentication, null, null, null, 1);
        RequestBatchItem item = new RequestBatchItem(
                OperationTable.rowOf(request).operation(),
                null,
                null,
                MessageCodec.encodePayload(request, VERSION),
                List.of());
        byte[] sent = TtlvEncoder.encode(MessageCodec.encode(new RequestMessage(header, List.of(item))));
        byte[] response = machine.respond(sent, new Caller("CN=program"));
        return MessageCodec.decodeResponse(TtlvDecoder.decode(response, TtlvLimits.DEFAULT))
                .items()
                .get(0);
    }

    private static Credential user(String name) {
        return new UsernameAndPassword(name, SecretBytes.takeOver("x".getBytes(StandardCharsets.UTF_8)));
    }

    private <T> T done(@Nullable Credential credential, KmipRequest<?> request, Class<T> type) throws Exception {
        ResponseBatchItem item = ask(credential, request);
        assertThat(item.resultReason()).as(item.resultMessage()).isNull();
        return MessageCodec.decodePayload(Objects.requireNonNull(item.responsePayload()), type, VERSION);
    }

    private @Nullable ResultReason failure(@Nullable Credential credential, KmipRequest<?> request) throws Exception {
        return ask(credential, request).resultReason();
    }

    private static Attributes aes(String name) {
        return Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.NAME, Name.of(name));
    }

    private UniqueIdentifier create(String owner, Attributes attributes) throws Exception {
        return done(user(owner), new Create.Request(ObjectType.SYMMETRIC_KEY, attributes, null), Create.Response.class)
                .uniqueIdentifier();
    }

    private static Get.Request get(UniqueIdentifier id) {
        return new Get.Request(id, null, null, null, null);
    }

    private List<UniqueIdentifier> located(String who) throws Exception {
        Locate.Request all = new Locate.Request(null, null, null, null, Attributes.NONE);
        return done(user(who), all, Locate.Response.class).uniqueIdentifiers();
    }

    @Test
    void object_ofOne_isNotThereForTheOther() throws Exception {
        UniqueIdentifier key = create("alice", aes("a"));

        assertThat(located("alice")).containsExactly(key);
        assertThat(located("bob")).isEmpty();
        assertThat(failure(user("bob"), get(key))).isEqualTo(ResultReason.OBJECT_NOT_FOUND);
        assertThat(failure(user("bob"), new Destroy.Request(key))).isEqualTo(ResultReason.OBJECT_NOT_FOUND);
        assertThat(failure(user("root"), get(key))).isNull();
        assertThat(failure(user("alice"), new Destroy.Request(key))).isNull();
        assertThat(failure(user("bob"), new GetAttributes.Request(key, List.of())))
                .isEqualTo(ResultReason.OBJECT_NOT_FOUND);
    }

    @Test
    void owner_isKeptAndNotShown() throws Exception {
        UniqueIdentifier key = create("alice", aes("a"));
        Attributes shown = done(user("alice"), new GetAttributes.Request(key, List.of()), GetAttributes.Response.class)
                .attributes();

        assertThat(shown.all(Permissions.OWNER)).isEmpty();
        done(user("alice"), new Activate.Request(key), Activate.Response.class);
        serve(KmipAccess.ofDefaults());
        assertThat(located("alice")).containsExactly(key);
        assertThat(located("bob")).isEmpty();
    }

    @Test
    void group_thatIsShared_isReadByReadersAndFilledByWriters() throws Exception {
        UniqueIdentifier key = create("alice", aes("a").with(AttributeType.OBJECT_GROUP, "shared"));

        assertThat(failure(user("bob"), get(key))).isNull();
        assertThat(failure(user("bob"), new Destroy.Request(key))).isEqualTo(ResultReason.PERMISSION_DENIED);
        assertThat(failure(user("carol"), get(key))).isEqualTo(ResultReason.OBJECT_NOT_FOUND);
        assertThat(failure(
                        user("bob"),
                        new Create.Request(
                                ObjectType.SYMMETRIC_KEY, aes("b").with(AttributeType.OBJECT_GROUP, "shared"), null)))
                .isEqualTo(ResultReason.PERMISSION_DENIED);
        UniqueIdentifier own = create("bob", aes("b"));
        assertThat(failure(
                        user("bob"),
                        new AddAttribute.Request(
                                own, org.symbolon.kmip.object.Attribute.of(AttributeType.OBJECT_GROUP, "shared"))))
                .isEqualTo(ResultReason.PERMISSION_DENIED);
    }

    @Test
    void publicKey_isSeenByAllAndChangedByItsOwner_unlessItIsSaidOtherwise() throws Exception {
        Attributes ec = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.EC)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256);
        CreateKeyPair.Response pair = done(
                user("alice"),
                new CreateKeyPair.Request(
                        ec,
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY),
                        null,
                        null,
                        null),
                CreateKeyPair.Response.class);

        assertThat(located("bob")).containsExactly(pair.publicKeyUniqueIdentifier());
        assertThat(failure(user("bob"), new Activate.Request(pair.publicKeyUniqueIdentifier())))
                .isEqualTo(ResultReason.PERMISSION_DENIED);
        GetAttributes.Request links =
                new GetAttributes.Request(pair.publicKeyUniqueIdentifier(), List.of(AttributeType.LINK));
        assertThat(done(user("alice"), links, GetAttributes.Response.class)
                        .attributes()
                        .all(AttributeType.LINK))
                .hasSize(1);
        assertThat(done(user("bob"), links, GetAttributes.Response.class)
                        .attributes()
                        .all(AttributeType.LINK))
                .isEmpty();
        serve(KmipAccess.ofDefaults().withPublicObjects(false));
        assertThat(located("bob")).isEmpty();
    }

    @Test
    void object_ofAnother_isNeitherReplacedNorCertifiedNorRenewed() throws Exception {
        UniqueIdentifier shared = create("alice", aes("a").with(AttributeType.OBJECT_GROUP, "shared"));
        Import.Request over = new Import.Request(
                shared,
                ObjectType.OPAQUE_OBJECT,
                true,
                null,
                Attributes.NONE,
                new OpaqueObject(0x80000001, Bytes.of((byte) 1)));

        assertThat(failure(user("bob"), over)).isEqualTo(ResultReason.PERMISSION_DENIED);
        assertThat(failure(user("bob"), new ReKey.Request(shared, null, Attributes.NONE, null)))
                .isEqualTo(ResultReason.PERMISSION_DENIED);
        assertThat(failure(user("alice"), get(shared))).isNull();
        assertThat(located("bob")).containsExactly(shared);
        assertThat(failure(user("alice"), over)).isNull();
        assertThat(failure(user("alice"), get(shared))).isEqualTo(ResultReason.OBJECT_NOT_FOUND);
    }

    @Test
    void key_thatCertifies_isForNoClientsOwnUse() throws Exception {
        KeyPairObject pair = rig.session()
                .generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve(NamedCurve.P256),
                        Template.label("authority").onToken(),
                        Template.label("authority").onToken().with(Attribute.SIGN, true));
        String id = ((ObjectId.Unique) pair.privateKey().id()).uniqueId();
        UniqueIdentifier key = UniqueIdentifier.of(id);

        assertThat(failure(user("bob"), new GetAttributes.Request(key, List.of())))
                .isEqualTo(ResultReason.OBJECT_NOT_FOUND);
        assertThat(failure(user("root"), new GetAttributes.Request(key, List.of())))
                .isNull();
    }

    @Test
    void query_ofNobody_isAnsweredAndNothingElseIs() throws Exception {
        Query.Request query = new Query.Request(List.of(QueryFunction.QUERY_OPERATIONS), null);

        assertThat(failure(null, query)).isNull();
        assertThat(failure(null, new Locate.Request(null, null, null, null, Attributes.NONE)))
                .isEqualTo(ResultReason.AUTHENTICATION_NOT_SUCCESSFUL);
    }

    @Test
    void ticket_standsForItsIdentityUntilLogoutOrItsLastRequest() throws Exception {
        UniqueIdentifier key = create("alice", aes("a"));
        Ticket ticket = done(user("alice"), new Login.Request(Duration.ofMinutes(5), null, null), Login.Response.class)
                .ticket();
        Ticket two = done(user("alice"), new Login.Request(null, 1, null), Login.Response.class)
                .ticket();

        assertThat(failure(new TicketCredential(ticket), get(key))).isNull();
        assertThat(failure(new TicketCredential(two), get(key))).isNull();
        assertThat(failure(new TicketCredential(two), get(key))).isEqualTo(ResultReason.AUTHENTICATION_NOT_SUCCESSFUL);
        assertThat(failure(user("bob"), new Logout.Request(ticket))).isEqualTo(ResultReason.OBJECT_NOT_FOUND);
        assertThat(failure(new TicketCredential(ticket), new Logout.Request(ticket)))
                .isNull();
        assertThat(failure(new TicketCredential(ticket), get(key)))
                .isEqualTo(ResultReason.AUTHENTICATION_NOT_SUCCESSFUL);
    }

    @Test
    void ticket_thatWasDelegated_hasItsRightsAlone() throws Exception {
        UniqueIdentifier key = create("alice", aes("a"));
        UniqueIdentifier other = create("alice", aes("b"));
        Right right = new Right(
                null, new Operations(List.of(Operation.GET)), new org.symbolon.kmip.object.Objects(List.of(key)), null);
        Ticket ticket = done(
                        user("alice"),
                        new DelegatedLogin.Request(null, null, null, new Rights(List.of(right))),
                        DelegatedLogin.Response.class)
                .ticket();

        assertThat(failure(new TicketCredential(ticket), get(key))).isNull();
        assertThat(failure(new TicketCredential(ticket), get(other))).isEqualTo(ResultReason.NOT_AUTHORIZED);
        assertThat(failure(new TicketCredential(ticket), new Destroy.Request(key)))
                .isEqualTo(ResultReason.NOT_AUTHORIZED);
        assertThat(failure(new TicketCredential(ticket), get(UniqueIdentifier.of("nothing"))))
                .isEqualTo(ResultReason.NOT_AUTHORIZED);
        assertThat(failure(new TicketCredential(ticket), new Login.Request(null, null, null)))
                .isEqualTo(ResultReason.NOT_AUTHORIZED);
    }

    @Test
    void rights_ofOneTicket_areWholesAndDoNotMix() throws Exception {
        UniqueIdentifier key = create("alice", aes("a"));
        UniqueIdentifier other = create("alice", aes("b"));
        Right anything = new Right(null, new Operations(List.of(Operation.QUERY)), null, null);
        Right one = new Right(
                null,
                new Operations(List.of(Operation.GET_ATTRIBUTES)),
                new org.symbolon.kmip.object.Objects(List.of(key)),
                null);
        Right two = new Right(
                null,
                new Operations(List.of(Operation.GET)),
                new org.symbolon.kmip.object.Objects(List.of(other)),
                null);
        Credential ticket = new TicketCredential(done(
                        user("alice"),
                        new DelegatedLogin.Request(null, null, null, new Rights(List.of(anything, one, two))),
                        DelegatedLogin.Response.class)
                .ticket());

        assertThat(failure(ticket, new GetAttributes.Request(key, List.of()))).isNull();
        assertThat(failure(ticket, new GetAttributes.Request(other, List.of()))).isEqualTo(ResultReason.NOT_AUTHORIZED);
        assertThat(failure(ticket, get(other))).isNull();
        assertThat(failure(ticket, get(key))).isEqualTo(ResultReason.NOT_AUTHORIZED);
        assertThat(failure(ticket, new Destroy.Request(key))).isEqualTo(ResultReason.NOT_AUTHORIZED);
    }
}
