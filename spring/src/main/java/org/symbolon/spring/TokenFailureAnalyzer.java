package org.symbolon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/** Says what to do about a token that keeps the application from starting. */
final class TokenFailureAnalyzer extends AbstractFailureAnalyzer<TokenException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, TokenException cause) {
        return new FailureAnalysis("A token cannot be used: " + cause.getMessage(), action(cause), cause);
    }

    private static String action(TokenException cause) {
        if (cause instanceof TokenAuthenticationException) {
            return "Check the PIN that the token's pin refers to under symbolon.tokens. It is not tried again before the next"
                    + " start, since each try is one of the few before the token locks.";
        }
        if (cause instanceof TokenUnavailableException) {
            return "Check that the token's uri under symbolon.tokens is right and that it can be reached from here.";
        }
        if (cause instanceof ObjectNotFoundException || cause instanceof AmbiguousObjectException) {
            return "Check the token's token under symbolon.tokens, and the labels of the objects that are asked for.";
        }
        return "Check what is set under symbolon.tokens, for instance with: symbolon check";
    }
}
