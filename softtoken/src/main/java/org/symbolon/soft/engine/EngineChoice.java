package org.symbolon.soft.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.symbolon.soft.engine.Engines.Family;

/** Which engines a module's keys are used by: the setting {@code engine}. */
public enum EngineChoice {
    /** The fastest that loads: what the table says, and once a mechanism is used much, what was measured. */
    AUTO,
    /** As {@link #AUTO}, but nothing that is not written in Java. */
    JAVA,
    /** Amazon's Corretto Crypto Provider, where it loads and has the algorithm. */
    ACCP,
    /** The JDK's own providers, where they have the algorithm. */
    JDK,
    /** Bouncy Castle, where it has the algorithm. */
    BC;

    /**
     * Returns the choice of a setting's text.
     *
     * @param text such as {@code auto}
     * @return the choice
     * @throws IllegalArgumentException if it is none; the message lists those that there are
     */
    public static EngineChoice parse(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.setting().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine is "
                        + Arrays.stream(values()).map(EngineChoice::setting).collect(Collectors.joining(", "))
                        + ", not " + text));
    }

    private String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether measurement may change the order. */
    boolean measures() {
        return this == AUTO || this == JAVA;
    }

    /** Returns an order as this choice has it: of a named family first, and then still what may stand in for it. */
    List<Family> reorder(List<Family> fastestFirst) {
        return switch (this) {
            case AUTO -> fastestFirst;
            case JAVA ->
                fastestFirst.stream().filter(each -> each != Family.ACCP).toList();
            case ACCP -> first(Family.ACCP, fastestFirst);
            case JDK -> first(Family.JDK, fastestFirst);
            case BC -> first(Family.BOUNCY_CASTLE, fastestFirst);
        };
    }

    private static List<Family> first(Family wanted, List<Family> order) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(wanted), order.stream().filter(each -> each != wanted))
                .toList();
    }
}
