package org.symbolon.soft;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.symbolon.Deadline;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;

/**
 * Opens soft tokens from URIs: {@code soft:sqlite:PATH}, {@code soft:postgresql://HOST[:PORT]/DATABASE[?schema=NAME]},
 * {@code soft:memory} (each time a new, private one) and
 * {@code soft:memory:NAME} (shared within the process while somebody has it open).
 */
public final class SoftModuleFactory implements ModuleFactory {
    private static final String SCHEME = "soft";
    private static final String SQLITE = "sqlite:";
    private static final String POSTGRESQL = "postgresql:";
    private static final String MEMORY = "memory";

    /** Makes the factory; {@link java.util.ServiceLoader} does. */
    public SoftModuleFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(SoftSettings.MEANINGS);
        settings.putAll(Postgresql.MEANINGS);
        return settings;
    }

    @Override
    public Set<String> secretSettings() {
        Set<String> secrets = new TreeSet<>(SoftSettings.SECRETS);
        secrets.add(Postgresql.PASSWORD);
        return secrets;
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) throws TokenException {
        return SoftModuleSpi.open(location(uri.rest(), options), SoftSettings.of(options), options.timeout());
    }

    /** Returns where the database of a soft module's URI is. */
    static DatabaseLocation locationOf(String uri, ModuleOptions options) {
        ModuleUri parsed = ModuleUri.parse(uri);
        if (!parsed.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("a soft token is at soft:sqlite:PATH and the like, not at " + uri);
        }
        return location(parsed.rest(), options);
    }

    /** Opens the database of a soft module's URI; release it. */
    static OpenDatabase acquire(String uri, ModuleOptions options) throws TokenException {
        return OpenDatabase.acquire(locationOf(uri, options), Deadline.after(options.timeout()));
    }

    static DatabaseLocation location(String rest, ModuleOptions options) {
        if (rest.startsWith(SQLITE) && rest.length() > SQLITE.length()) {
            return file(rest.substring(SQLITE.length()));
        }
        if (rest.startsWith(POSTGRESQL)) {
            return Postgresql.of(rest, options).location();
        }
        if (rest.equals(MEMORY)) {
            return privateMemory();
        }
        if (rest.startsWith(MEMORY + ":") && rest.length() > MEMORY.length() + 1) {
            return DatabaseLocation.memory(rest.substring(MEMORY.length() + 1));
        }
        throw new IllegalArgumentException(
                "a soft token is at soft:sqlite:PATH, soft:postgresql://HOST/DATABASE, soft:memory or soft:memory:NAME,"
                        + " not at soft:" + rest);
    }

    private static DatabaseLocation file(String path) {
        try {
            return DatabaseLocation.file(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("soft:sqlite: wants the path of a file, not " + path, e);
        }
    }

    static DatabaseLocation privateMemory() {
        return DatabaseLocation.memory(" private " + UUID.randomUUID());
    }
}
