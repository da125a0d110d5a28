package org.symbolon.jca;

import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.security.GeneralSecurityException;
import java.security.SecureRandomSpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Session;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;

/** Random numbers made by the token. Thread-safe; used only by whoever names it. */
final class TokenRandom extends SecureRandomSpi {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(TokenRandom.class);
    private static final int CHUNK_BYTES = 1 << 16;

    private final transient SymbolonProvider provider;

    TokenRandom(SymbolonProvider provider) {
        this.provider = provider;
    }

    /** Mixes a seed in where the token takes one: it adds to the token's own randomness and never replaces it. */
    @Override
    protected void engineSetSeed(byte[] seed) {
        try {
            provider.link().session().seedRandom(seed);
        } catch (TokenOperationException | TokenPermissionException e) {
            LOG.debug("The token takes no seed: {}", e.getMessage());
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
        try {
            Session session = provider.link().session();
            for (int filled = 0; filled < bytes.length; filled += CHUNK_BYTES) {
                int length = Math.min(CHUNK_BYTES, bytes.length - filled);
                System.arraycopy(session.random(length), 0, bytes, filled, length);
            }
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
        byte[] seed = new byte[length];
        engineNextBytes(seed);
        return seed;
    }

    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("the random numbers of a token cannot be serialized");
    }
}
