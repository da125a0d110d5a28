package org.symbolon.kmip.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.enumeration.ValidationAuthorityType;
import org.symbolon.kmip.enumeration.ValidationType;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.object.ValidationInformation;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** A request machine over a soft token in memory, at a moment that stands still. */
public final class MachineRig implements AutoCloseable {
    public static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
    private static final ValidationInformation VALIDATION = new ValidationInformation(
            ValidationAuthorityType.named("NISTCMVP"),
            "US",
            "https://csrc.nist.gov/projects/cmvp",
            3,
            null,
            ValidationType.named("Software"),
            1,
            "0000",
            null,
            null,
            List.of());

    static final Caller ALICE = new Caller("CN=alice");

    private final TokenModule module;
    private final Session session;
    private RequestMachine machine;

    /** A machine by a clock that stands still. */
    public MachineRig() throws TokenException {
        this(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** A machine by a clock. */
    public MachineRig(Clock clock) throws TokenException {
        module = SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        Slot slot = module.slots().get(0);
        Token token;
        try (Pin officer = Pin.of("officer-pin".toCharArray());
                Pin user = Pin.of("user-pin".toCharArray())) {
            token = slot.initialize("Team", officer);
            try (Session administration = token.open(Login.securityOfficer(officer))) {
                administration.initPin(user);
            }
            session = token.open(Login.user(user));
        }
        machine = TokenService.machine(session, clock, TtlvLimits.DEFAULT, Semantics.DEFAULT.withInterop());
    }

    /** Destroys all objects, and goes on as a new server by another clock. */
    public void reset(Clock clock, Map<String, String> settings) throws TokenException {
        try (ObjectCursor all = session.find(ObjectQuery.all())) {
            for (List<TokenObject> page = all.next(100); !page.isEmpty(); page = all.next(100)) {
                for (TokenObject object : page) {
                    session.destroy(object);
                }
            }
        }
        Semantics semantics = Semantics.DEFAULT.withInterop();
        if (settings.containsKey("leaseSeconds")) {
            semantics = semantics.withLeaseTime(Duration.ofSeconds(Long.parseLong(settings.get("leaseSeconds"))));
        }
        if (settings.containsKey("mostSeedBytes")) {
            semantics = semantics.withMostSeedBytes(Integer.parseInt(settings.get("mostSeedBytes")));
        }
        if (settings.containsKey("validation")) {
            semantics = semantics.withValidation(VALIDATION);
        }
        if (settings.containsKey("tellsOfOthers")) {
            semantics = semantics.withTellsOfOthers();
        }
        TokenService service =
                new TokenService(identity -> session, KmipAccess.ofDefaults(), clock, semantics, new Tickets(clock));
        boolean parties = settings.containsKey("tellsOfOthers");
        machine = service.machine(claim -> KmipProof.of(parties ? name(claim) : claim.source()), TtlvLimits.DEFAULT);
    }

    /** Believes whatever credentials say. */
    private static String name(KmipClaim claim) {
        for (Credential credential : claim.credentials()) {
            if (credential instanceof UsernameAndPassword user) {
                return user.username();
            } else if (credential instanceof Device device && device.deviceSerialNumber() != null) {
                return device.deviceSerialNumber();
            }
        }
        return claim.source();
    }

    /** Goes on as a server that certifies, with a key and a certificate of its own. */
    public void certify(Clock clock) throws TokenException {
        Semantics semantics = Semantics.DEFAULT.withInterop().withAuthority("authority");
        ObjectStore store = new ObjectStore(session, clock, semantics);
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                Template.label("authority").onToken(),
                Template.label("authority").onToken().with(Attribute.SIGN, true));
        X500Principal name = new X500Principal("CN=KMIP,OU=OASIS,O=TEST,C=US");
        try {
            Bytes der = new CertificateAuthority(
                            store, pair.privateKey(), name, clock.instant().plus(Duration.ofDays(3650)))
                    .certify(
                            name.getEncoded(),
                            PublicKeys.subjectPublicKeyInfo(pair.publicKey().attributes())
                                    .orElseThrow()
                                    .toByteArray(),
                            CryptographicUsageMask.SIGN);
            session.create(Template.label("authority")
                    .onToken()
                    .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                    .with(Attribute.CERTIFICATE_TYPE, 0L)
                    .with(Attribute.SUBJECT, Bytes.wrap(name.getEncoded()))
                    .with(Attribute.VALUE, der));
        } catch (KmipFailure e) {
            throw new AssertionError(e);
        }
        machine = TokenService.machine(session, clock, TtlvLimits.DEFAULT, semantics);
    }

    Session session() {
        return session;
    }

    RequestMachine machine() {
        return machine;
    }

    /** Sends an item and returns the response's. */
    public Ttlv.Structure send(Ttlv request) throws MalformedTtlvException {
        byte[] response = machine.respond(TtlvEncoder.encode(request), ALICE);
        return (Ttlv.Structure) TtlvDecoder.decode(response, TtlvLimits.DEFAULT);
    }

    /** Sends requests as one batch. */
    ResponseMessage batch(KmipVersion version, RequestHeader header, List<KmipRequest<?>> requests)
            throws MalformedTtlvException {
        List<RequestBatchItem> items = requests.stream()
                .map(request -> new RequestBatchItem(
                        OperationTable.rowOf(request).operation(),
                        null,
                        null,
                        MessageCodec.encodePayload(request, version),
                        List.of()))
                .toList();
        return MessageCodec.decodeResponse(send(MessageCodec.encode(new RequestMessage(header, items))));
    }

    /** Sends one request and returns what came of it. */
    ResponseBatchItem ask(KmipVersion version, KmipRequest<?> request) throws MalformedTtlvException {
        return batch(version, header(version, 1), List.of(request)).items().get(0);
    }

    /** Sends one request that succeeds. */
    <R extends KmipResponse> R call(KmipVersion version, KmipRequest<R> request, Class<R> type)
            throws MalformedTtlvException {
        ResponseBatchItem item = ask(version, request);
        if (!item.resultStatus().equals(ResultStatus.SUCCESS) || item.responsePayload() == null) {
            throw new AssertionError(request.getClass() + ": " + item.resultReason() + " " + item.resultMessage());
        }
        return MessageCodec.decodePayload(item.responsePayload(), type, version);
    }

    static RequestHeader header(KmipVersion version, int count) {
        return new RequestHeader(version, null, null, null, null, null, List.of(), null, null, null, null, count);
    }

    @Override
    public void close() {
        session.close();
        module.close();
    }
}
