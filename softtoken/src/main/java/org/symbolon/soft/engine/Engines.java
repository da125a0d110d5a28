package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.symbolon.NamedCurve;

/**
 * The order in which providers are asked for an engine: the fastest first, as measured (docs/performance.md). What this
 * process measures itself goes before: {@link EngineTrials}.
 */
enum Engines {
    /** RSA: native, then the JDK, which is a little ahead of Bouncy Castle. AES-GCM, which the JDK makes fast late. */
    NATIVE_JDK_BC(Family.ACCP, Family.JDK, Family.BOUNCY_CASTLE),
    /** ECDSA and Ed25519: native, then Bouncy Castle, which is 2 to 20 times as fast as the JDK. */
    NATIVE_BC_JDK(Family.ACCP, Family.BOUNCY_CASTLE, Family.JDK),
    /** AES in general: the JDK's intrinsics; never Bouncy Castle's GCM where the JDK has one. */
    JDK_NATIVE_BC(Family.JDK, Family.ACCP, Family.BOUNCY_CASTLE);

    /** Providers that belong together. */
    enum Family {
        ACCP {
            @Override
            List<Provider> providers() {
                return Accp.PROVIDER.stream().toList();
            }
        },
        JDK {
            @Override
            List<Provider> providers() {
                return OWN;
            }
        },
        BOUNCY_CASTLE {
            @Override
            List<Provider> providers() {
                return List.of(BC);
            }
        };

        private static final List<Provider> OWN = Stream.of("SunRsaSign", "SunEC", "SunJCE", "SUN")
                .map(Security::getProvider)
                .flatMap(Stream::ofNullable)
                .toList();

        private static final Provider BC = new BouncyCastleProvider();

        abstract List<Provider> providers();

        static Family of(Provider provider) {
            return Stream.of(values())
                    .filter(family -> family.providers().contains(provider))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What is asked for. */
    private record Service(EngineChoice choice, String type, String algorithm) {}

    /** The curves that every provider has. */
    private static final Set<NamedCurve> EVERYWHERE =
            EnumSet.of(NamedCurve.P256, NamedCurve.P384, NamedCurve.P521, NamedCurve.ED25519);

    private final List<Family> fastestFirst;
    private final Map<Service, List<Provider>> known = new ConcurrentHashMap<>();

    Engines(Family... fastestFirst) {
        this.fastestFirst = List.of(fastestFirst);
    }

    /** Returns the providers that have a service, in the order of a choice. */
    List<Provider> all(EngineChoice choice, String type, String algorithm) {
        return known.computeIfAbsent(new Service(choice, type, algorithm), this::search);
    }

    private List<Provider> search(Service service) {
        return service.choice.reorder(fastestFirst).stream()
                .flatMap(family -> family.providers().stream())
                .filter(provider -> has(provider, service.type, service.algorithm))
                .toList();
    }

    private static boolean has(Provider provider, String type, String algorithm) {
        return type.equals("Cipher") ? hasCipher(provider, algorithm) : provider.getService(type, algorithm) != null;
    }

    /** Returns whether a provider has a cipher, which it may list under its algorithm, mode and padding apart. */
    private static boolean hasCipher(Provider provider, String transformation) {
        try {
            return Cipher.getInstance(transformation, provider).getProvider().equals(provider);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns the first provider that has a service, or empty if none has. */
    Optional<Provider> find(String type, String algorithm) {
        return all(EngineChoice.AUTO, type, algorithm).stream().findFirst();
    }

    /** Returns the first provider that has a service. */
    Provider get(String type, String algorithm) {
        return get(EngineChoice.AUTO, type, algorithm);
    }

    /** Returns the first provider that has a service, in the order of a choice. */
    Provider get(EngineChoice choice, String type, String algorithm) {
        return all(choice, type, algorithm).stream()
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("Bouncy Castle has every " + type + " that is used: " + algorithm));
    }

    /** Returns the providers of a service for keys on a curve: only Bouncy Castle has them all. */
    static List<Provider> onCurve(EngineChoice choice, NamedCurve curve, String type, String algorithm) {
        return isEverywhere(curve) ? NATIVE_BC_JDK.all(choice, type, algorithm) : List.of(Family.BC);
    }

    static boolean isEverywhere(NamedCurve curve) {
        return EVERYWHERE.contains(curve);
    }

    /** Returns the first provider of a service for keys on a curve. */
    static Provider onCurve(NamedCurve curve, String type, String algorithm) {
        return onCurve(EngineChoice.AUTO, curve, type, algorithm).get(0);
    }

    /** Returns the provider that makes the keys which another's engine takes: itself, or the JDK where it cannot. */
    static Provider keyFactory(Provider engine, String algorithm) {
        return engine.getService("KeyFactory", algorithm) != null ? engine : JDK_NATIVE_BC.get("KeyFactory", algorithm);
    }
}
