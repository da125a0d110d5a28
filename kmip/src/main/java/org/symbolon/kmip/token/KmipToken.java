package org.symbolon.kmip.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.operation.Query;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.TokenSpi;

/** A server, or one of its Object Groups, as a token. */
final class KmipToken implements TokenSpi {
    private static final int MAX_LABEL_BYTES = 32;
    private static final int SERIAL_DIGITS = 16;
    private static final int MAX_PIN_BYTES = 256;

    private final Server server;
    private final MemoryToken memory;
    private final Optional<String> group;
    private final String serial;
    private final ObjectFeed feed = new ObjectFeed();
    private final ChangePoll poll;
    private volatile @Nullable TokenInfo known;

    KmipToken(Server server, MemoryToken memory, Optional<String> group) {
        this.server = server;
        this.memory = memory;
        this.group = group;
        this.serial = serial(server.uri().nodes().get(0) + " " + group.orElse(""));
        this.poll = new ChangePoll(server, new ObjectFinder(server, labels(server), group), feed, serial);
    }

    private static String serial(String place) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SERIAL_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }

    String description() {
        return "KMIP server " + server.uri().nodes().get(0)
                + group.map(name -> ", Object Group " + name).orElse("");
    }

    String serial() {
        return serial;
    }

    Optional<String> group() {
        return group;
    }

    Server server() {
        return server;
    }

    MemoryToken memory() {
        return memory;
    }

    ObjectFeed feed() {
        return feed;
    }

    Labels labels(Server asked) {
        return new Labels(asked);
    }

    @Override
    public TokenInfo info(CallOptions options) throws TokenException {
        TokenInfo info = known;
        if (info == null) {
            info = ask(options.deadline());
            known = info;
        }
        return info;
    }

    private TokenInfo ask(Deadline deadline) throws TokenException {
        Query.Response answer =
                server.call(new Query.Request(List.of(QueryFunction.QUERY_SERVER_INFORMATION), null), deadline);
        Set<TokenFlag> flags = EnumSet.of(
                TokenFlag.RNG, TokenFlag.LOGIN_REQUIRED, TokenFlag.USER_PIN_INITIALIZED, TokenFlag.TOKEN_INITIALIZED);
        if (!server.settings().asksForPassword()) {
            flags.add(TokenFlag.PROTECTED_AUTHENTICATION_PATH);
        }
        String vendor = answer.vendorIdentification();
        return new TokenInfo(
                cut(group.orElse(server.uri().nodes().get(0).host())),
                cut(vendor == null || vendor.isBlank() ? "unknown" : vendor),
                "KMIP " + server.version(deadline),
                serial,
                flags,
                0,
                MAX_PIN_BYTES,
                OptionalInt.empty());
    }

    /** Returns a text of at most 32 bytes. */
    private static String cut(String text) {
        String cut = text;
        while (ObjectView.utf8Bytes(cut) > MAX_LABEL_BYTES) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    /** Returns what can be done with keys that KMIP has, on the server or here. */
    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) throws TokenException {
        Map<MechanismType, MechanismInfo> mechanisms = new HashMap<>();
        memory.mechanisms().forEach((type, info) -> {
            boolean known = MechanismTable.row(type)
                    .filter(row -> !row.kmipParameters().isEmpty())
                    .isPresent();
            if (known) {
                mechanisms.put(type, info);
            }
        });
        return mechanisms;
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        return KmipSession.open(this, new SessionScope(memory), login, readOnly, options);
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) throws TokenException {
        poll.enter(server.settings().timeout());
        return feed.subscribe(listener, poll::leave);
    }

    @Override
    public Duration changeDelay() {
        return server.settings().poll();
    }

    void close() {
        poll.close();
    }
}
