package org.symbolon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.spi.ModuleFactory;

/**
 * The backends on the path, found as services.
 *
 * <p>Looks through the class loader of this library and then through the thread's context class loader, so that a backend
 * is found in an application's nested jars, in a web application beside a shared library, and on the module path.
 */
public final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** Which artifact brings which scheme, for the message when it is missing. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "soft", "symbolon-softtoken",
            "kmip", "symbolon-kmip",
            "kmip+https", "symbolon-kmip",
            "p11", "symbolon-remote-p11",
            "agent", "symbolon-sshd-integration");

    private Backends() {}

    /** {@return the schemes that can be opened, with the factories that open them} */
    public static Map<String, ModuleFactory> byScheme() {
        Map<String, ModuleFactory> factories = new TreeMap<>();
        for (ModuleFactory factory : load()) {
            for (String scheme : factory.schemes()) {
                factories.putIfAbsent(scheme, factory);
            }
        }
        return factories;
    }

    static ModuleFactory factory(String scheme, ModuleOptions options) {
        Map<String, ModuleFactory> factories = byScheme();
        ModuleFactory factory = factories.get(scheme);
        if (factory == null) {
            String artifact = ARTIFACTS.get(scheme);
            throw new IllegalArgumentException("no backend opens " + scheme + ": URIs; "
                    + (artifact == null ? "" : "is " + artifact + " on the path? ")
                    + "those here open " + factories.keySet());
        }
        for (String setting : options.settings().keySet()) {
            if (!factory.settings().containsKey(setting)) {
                throw new IllegalArgumentException("the backend of " + scheme + ": has no setting " + setting
                        + "; it has " + new TreeMap<>(factory.settings()).keySet());
            }
        }
        return factory;
    }

    private static List<ModuleFactory> load() {
        Map<Class<?>, ModuleFactory> found = new LinkedHashMap<>();
        collect(ServiceLoader.load(ModuleFactory.class, ModuleFactory.class.getClassLoader()), found);
        collect(ServiceLoader.load(ModuleFactory.class), found);
        return new ArrayList<>(found.values());
    }

    private static void collect(ServiceLoader<ModuleFactory> loader, Map<Class<?>, ModuleFactory> found) {
        var services = loader.stream().iterator();
        while (true) {
            try {
                if (!services.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<ModuleFactory> service = services.next();
                if (!found.containsKey(service.type())) {
                    found.put(service.type(), service.get());
                }
            } catch (ServiceConfigurationError e) {
                LOG.warn("A backend on the path cannot be used: {}", e.getMessage(), e);
            }
        }
    }
}
