package org.symbolon.spring;

import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.config.ConfigurationException;

/**
 * Asks a token what it says of itself to anyone. It never logs in, so that a probe costs no try of a PIN; a token that
 * nobody has used yet is opened. Down if the token does not answer, out of service if its PIN is locked.
 */
final class TokenHealthIndicator extends AbstractHealthIndicator {
    private static final List<TokenFlag> WORTH_TELLING = List.of(
            TokenFlag.USER_PIN_COUNT_LOW,
            TokenFlag.USER_PIN_FINAL_TRY,
            TokenFlag.USER_PIN_LOCKED,
            TokenFlag.USER_PIN_TO_BE_CHANGED,
            TokenFlag.WRITE_PROTECTED,
            TokenFlag.ERROR_STATE);

    private final SymbolonTokens tokens;
    private final String name;

    TokenHealthIndicator(SymbolonTokens tokens, String name) {
        super("A token does not answer");
        this.tokens = tokens;
        this.name = name;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws TokenException, ConfigurationException {
        TokenInfo info = tokens.token(name).info();
        health.up();
        if (info.has(TokenFlag.USER_PIN_LOCKED) || info.has(TokenFlag.ERROR_STATE)) {
            health.outOfService();
        }
        health.withDetail("label", info.label())
                .withDetail("serialNumber", info.serialNumber())
                .withDetail("model", info.model())
                .withDetail("inUse", tokens.hasSession(name));
        List<String> flags = WORTH_TELLING.stream()
                .filter(info::has)
                .map(flag -> "CKF_" + flag.name())
                .toList();
        if (!flags.isEmpty()) {
            health.withDetail("flags", flags);
        }
        info.userTriesLeft().ifPresent(tries -> health.withDetail("userTriesLeft", tries));
    }
}
