package org.symbolon.jca;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;

/** The JVM's providers but ours, who work in software with what is no secret. */
final class OtherProviders {
    private OtherProviders() {}

    /** Makes an engine by a provider. */
    @FunctionalInterface
    interface Maker<E> {
        E make(Provider provider) throws NoSuchAlgorithmException;
    }

    /** Returns the engine of the first provider that has one. */
    static <E> Optional<E> first(Maker<E> maker) {
        return Arrays.stream(Security.getProviders())
                .filter(provider -> !(provider instanceof SymbolonProvider))
                .flatMap(provider -> made(maker, provider).stream())
                .findFirst();
    }

    private static <E> Optional<E> made(Maker<E> maker, Provider provider) {
        try {
            return Optional.of(maker.make(provider));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }
}
