package org.symbolon.kmip.token;

import java.util.Map;
import java.util.Set;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;

/** Opens KMIP servers from URIs: {@code kmip://host[,host2][:port][?setting=value&...]} and {@code kmip+https://host[:port]/path}. */
public final class KmipModuleFactory implements ModuleFactory {
    /** Makes the factory; {@link java.util.ServiceLoader} does. */
    public KmipModuleFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("kmip", "kmip+https");
    }

    @Override
    public Map<String, String> settings() {
        return TokenSettings.MEANINGS;
    }

    @Override
    public Set<String> secretSettings() {
        return TokenSettings.SECRETS;
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) throws TokenException {
        return KmipModule.open(TokenSettings.of(uri, options), ServerUri.parse(uri));
    }
}
