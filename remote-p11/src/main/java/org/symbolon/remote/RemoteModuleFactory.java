package org.symbolon.remote;

import java.util.Map;
import java.util.Set;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;
import org.symbolon.remote.client.RemoteModule;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;

/**
 * Opens PKCS #11 modules behind p11-kit's RPC from URIs: {@code p11:unix:path=/run/user/1000/p11-kit/pkcs11},
 * {@code p11:exec:command=p11-kit remote /usr/lib/module.so}, {@code p11:tls://host[,host2]:port} and, with the tickets of
 * Kerberos, {@code p11:krb5://host[,host2]:port}.
 */
public final class RemoteModuleFactory implements ModuleFactory {
    /** Makes the factory; {@link java.util.ServiceLoader} does. */
    public RemoteModuleFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("p11");
    }

    @Override
    public Map<String, String> settings() {
        return RemoteSettings.meanings();
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of(RemoteSettings.KEY_STORE_PASSWORD);
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) throws TokenException {
        return RemoteModule.open(RemoteSettings.of(uri, options), options.timeout());
    }
}
