package org.symbolon.ssh.mina;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.impl.SkED25519PublicKeyEntryDecoder;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Teaches MINA the JDK's Ed25519, where neither Bouncy Castle nor net.i2p did.
 *
 * <p>MINA has this in one place for the whole JVM, so this is the one thing that these adapters change there. It adds an
 * algorithm that MINA lacked, and pins nothing else to any provider.
 */
final class JdkEdDsa extends AbstractSecurityProviderRegistrar {
    private JdkEdDsa() {
        super("SymbolonJdkEdDSA");
    }

    /** Makes sure that MINA knows Ed25519. Idempotent. */
    static synchronized void ensure() {
        if (!SecurityUtils.isEDDSACurveSupported()) {
            SecurityUtils.registerSecurityProvider(new JdkEdDsa());
            KeyUtils.registerPublicKeyEntryDecoder(new JdkEdDsaSupport().getEDDSAPublicKeyEntryDecoder());
            KeyUtils.registerPublicKeyEntryDecoder(SkED25519PublicKeyEntryDecoder.INSTANCE);
        }
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new JdkEdDsaSupport());
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    /** No algorithm is looked up at this provider because of this. */
    @Override
    public boolean isSecurityEntitySupported(Class<?> entityType, String name) {
        return false;
    }

    @Override
    public boolean isNamedProviderUsed() {
        return false;
    }

    @Override
    public Provider getSecurityProvider() {
        try {
            return KeyFactory.getInstance("Ed25519").getProvider();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no Ed25519", e);
        }
    }
}
