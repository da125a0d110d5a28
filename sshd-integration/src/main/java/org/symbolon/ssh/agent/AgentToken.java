package org.symbolon.ssh.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.TokenSpi;

/** An agent as a token. It has no PIN, and tells nobody when its keys change. Thread-safe. */
final class AgentToken implements TokenSpi {
    private static final int SERIAL_BYTES = 8;
    private static final Map<MechanismType, MechanismInfo> MECHANISMS = Map.of(
            Mechanism.SHA256_RSA_PKCS.type(), signing(1024, 16_384),
            Mechanism.SHA512_RSA_PKCS.type(), signing(1024, 16_384),
            Mechanism.ECDSA_SHA256.type(), signing(256, 256),
            Mechanism.ECDSA_SHA384.type(), signing(384, 384),
            Mechanism.ECDSA_SHA512.type(), signing(521, 521),
            Mechanism.EDDSA.type(), signing(255, 255));

    private final SshAgentClient client;
    private final TokenInfo info;
    private final AgentListing listing;

    AgentToken(SshAgentClient client) {
        this.client = client;
        this.info = new TokenInfo(
                "ssh-agent",
                "OpenSSH and others",
                "agent",
                serialNumber(client),
                Set.of(TokenFlag.WRITE_PROTECTED, TokenFlag.TOKEN_INITIALIZED),
                0,
                0,
                OptionalInt.empty());
        this.listing = new AgentListing(client, info.serialNumber());
    }

    SshAgentClient client() {
        return client;
    }

    AgentListing listing() {
        return listing;
    }

    private static MechanismInfo signing(int minBits, int maxBits) {
        return new MechanismInfo(minBits, maxBits, Set.of(MechanismFunction.SIGN));
    }

    @Override
    public TokenInfo info(CallOptions options) {
        return info;
    }

    /** The socket in few letters, so that two agents are two tokens. */
    private static String serialNumber(SshAgentClient client) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(client.socket().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SERIAL_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
        return MECHANISMS;
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        if (login instanceof Login.User || login instanceof Login.SecurityOfficer) {
            throw new TokenOperationException(
                    Status.ckr("CKR_USER_PIN_NOT_INITIALIZED"),
                    "an agent has no PIN: log in without one (a locked agent is unlocked by ssh-add -X)");
        }
        return new AgentSession(this, new SessionInfo(info, login.role(), readOnly));
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) throws TokenException {
        throw new TokenOperationException(
                Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "an agent does not tell of changes of its keys");
    }

    @Override
    public Duration changeDelay() {
        return Duration.ZERO;
    }
}
