package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.symbolon.NamedCurve;

/** The order in which providers are asked for an engine: the fastest first, as measured (docs/performance.md). */
enum Engines {
    /** RSA: native, then the JDK, which is a little ahead of Bouncy Castle. */
    NATIVE_JDK_BC,
    /** ECDSA and Ed25519: native, then Bouncy Castle, which is 2 to 20 times as fast as the JDK. */
    NATIVE_BC_JDK,
    /** AES: the JDK's intrinsics; never Bouncy Castle's GCM where the JDK has one. */
    JDK_NATIVE_BC;

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final List<Provider> JDK = Stream.of("SunRsaSign", "SunEC", "SunJCE", "SUN")
            .map(Security::getProvider)
            .flatMap(Stream::ofNullable)
            .toList();

    /** The curves that every provider has. */
    private static final Set<NamedCurve> EVERYWHERE =
            EnumSet.of(NamedCurve.P256, NamedCurve.P384, NamedCurve.P521, NamedCurve.ED25519);

    private final List<Provider> order = new ArrayList<>();

    private List<Provider> order() {
        synchronized (order) {
            if (order.isEmpty()) {
                List<Provider> accp = Accp.PROVIDER.stream().toList();
                List<Provider> bouncyCastle = List.of(BOUNCY_CASTLE);
                List<List<Provider>> groups = switch (this) {
                    case NATIVE_JDK_BC -> List.of(accp, JDK, bouncyCastle);
                    case NATIVE_BC_JDK -> List.of(accp, bouncyCastle, JDK);
                    case JDK_NATIVE_BC -> List.of(JDK, accp, bouncyCastle);
                };
                groups.forEach(order::addAll);
            }
            return order;
        }
    }

    /** Returns the first provider that has a service, or empty if none has. */
    Optional<Provider> find(String type, String algorithm) {
        return order().stream()
                .filter(provider -> has(provider, type, algorithm))
                .findFirst();
    }

    /** Returns the providers that have a service, the fastest first. */
    List<Provider> all(String type, String algorithm) {
        return order().stream()
                .filter(provider -> has(provider, type, algorithm))
                .toList();
    }

    private static boolean has(Provider provider, String type, String algorithm) {
        return type.equals("Cipher") ? hasCipher(provider, algorithm) : provider.getService(type, algorithm) != null;
    }

    /** Returns the provider of a service for keys on a curve: only Bouncy Castle has them all. */
    static Provider onCurve(NamedCurve curve, String type, String algorithm) {
        return EVERYWHERE.contains(curve) ? NATIVE_BC_JDK.get(type, algorithm) : BOUNCY_CASTLE;
    }

    /** Returns whether a provider has a cipher, which it may list under its algorithm, mode and padding apart. */
    private static boolean hasCipher(Provider provider, String transformation) {
        try {
            return Cipher.getInstance(transformation, provider).getProvider().equals(provider);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns the first provider that has a service. */
    Provider get(String type, String algorithm) {
        return find(type, algorithm)
                .orElseThrow(
                        () -> new AssertionError("Bouncy Castle has every " + type + " that is used: " + algorithm));
    }

    /** Returns the provider that makes the keys which another's engine takes: itself, or the JDK where it cannot. */
    static Provider keyFactory(Provider engine, String algorithm) {
        return engine.getService("KeyFactory", algorithm) != null ? engine : JDK_NATIVE_BC.get("KeyFactory", algorithm);
    }
}
