package org.symbolon.tests.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All that was measured, and what it says: medians over the rounds, and ratios within a round. */
final class Measurements {
    private final List<Measurement> all = new ArrayList<>();

    void add(Measurement measurement) {
        all.add(measurement);
    }

    List<Measurement> all() {
        return List.copyOf(all);
    }

    /** Returns the median over the rounds, or empty if the pair did not run. */
    Optional<Double> median(
            Workload workload, Contender contender, int threads, ToDoubleFunction<Measurement> quantity) {
        return median(of(workload, contender, threads).stream()
                .map(quantity::applyAsDouble)
                .toList());
    }

    private List<Measurement> of(Workload workload, Contender contender, int threads) {
        return all.stream()
                .filter(each ->
                        each.workload() == workload && each.contender() == contender && each.threads() == threads)
                .toList();
    }

    /** Returns how fast one contender is, measured by another: the median of the rounds' ratios. */
    Optional<Double> ratio(
            Workload workload, Contender contender, Contender base, int threads, ToDoubleFunction<Measurement> speed) {
        List<Double> ratios = new ArrayList<>();
        for (Measurement one : of(workload, contender, threads)) {
            of(workload, base, threads).stream()
                    .filter(other -> other.round() == one.round())
                    .findFirst()
                    .ifPresent(other -> ratios.add(speed.applyAsDouble(one) / speed.applyAsDouble(other)));
        }
        return median(ratios);
    }

    /** Returns the fastest raw engine. */
    Optional<Contender> fastestRaw(Workload workload, boolean nativeToo, int threads) {
        Set<Contender> raw = nativeToo
                ? EnumSet.of(Contender.RAW_ACCP, Contender.RAW_JDK, Contender.RAW_BC)
                : EnumSet.of(Contender.RAW_JDK, Contender.RAW_BC);
        return raw.stream()
                .filter(each -> !of(workload, each, threads).isEmpty())
                .max(Comparator.comparing(each -> median(workload, each, threads, Measurement::perCpuSecond)
                        .orElse(0.0)));
    }

    private static Optional<Double> median(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
