package org.symbolon.soft.engine;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Amazon's Corretto Crypto Provider, where it is on the path and its native part loads. Never registered. */
final class Accp {
    static final Optional<Provider> PROVIDER = load();

    private Accp() {}

    private static Optional<Provider> load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            if (provider.getLoadingError() == null && provider.runSelfTests() == SelfTestStatus.PASSED) {
                return Optional.of(provider);
            }
            LoggerFactory.getLogger(Accp.class)
                    .debug("ACCP is on the path and does not load: {}", String.valueOf(provider.getLoadingError()));
        } catch (LinkageError e) {
            LoggerFactory.getLogger(Accp.class).debug("ACCP is not on the path: {}", e.toString());
        }
        return Optional.empty();
    }
}
