package org.symbolon.kmip.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.kmip.object.ValidationInformation;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * What an operator decides of a server's behaviour.
 *
 * @param keepDestroyed how long the attributes of destroyed objects are kept
 * @param leaseTime how long clients may keep what they got before they ask again; zero is no limit
 * @param mostSeedBytes how much of what a client seeds the token's generator with is taken; negative to refuse it
 * @param uniqueNames whether two objects that are not destroyed may not have the same Name
 * @param tellsOfOthers whether who may not see an object is told so (Permission Denied) and not that there is none
 * @param interop whether the server takes part in interoperability tests, which name their cases to it
 * @param authority the label of the private key and the certificate that certify; empty for none
 * @param validations what authorities have validated of the token or of what runs the server
 */
record Semantics(
        Duration keepDestroyed,
        Duration leaseTime,
        int mostSeedBytes,
        boolean uniqueNames,
        boolean tellsOfOthers,
        boolean interop,
        Optional<String> authority,
        List<ValidationInformation> validations) {
    Semantics {
        validations = List.copyOf(validations);
    }

    static final Semantics DEFAULT = new Semantics(
            Duration.ofDays(30),
            Duration.ofHours(1),
            TtlvLimits.DEFAULT.maxBytes(),
            true,
            false,
            false,
            Optional.empty(),
            List.of());

    Semantics withAuthority(String label) {
        return new Semantics(
                keepDestroyed,
                leaseTime,
                mostSeedBytes,
                uniqueNames,
                tellsOfOthers,
                interop,
                Optional.of(label),
                validations);
    }

    Semantics withKeepDestroyed(Duration time) {
        return new Semantics(
                time, leaseTime, mostSeedBytes, uniqueNames, tellsOfOthers, interop, authority, validations);
    }

    Semantics withValidation(ValidationInformation one) {
        List<ValidationInformation> all = new ArrayList<>(validations);
        all.add(one);
        return new Semantics(
                keepDestroyed, leaseTime, mostSeedBytes, uniqueNames, tellsOfOthers, interop, authority, all);
    }

    Semantics withLeaseTime(Duration time) {
        return new Semantics(
                keepDestroyed, time, mostSeedBytes, uniqueNames, tellsOfOthers, interop, authority, validations);
    }

    Semantics withMostSeedBytes(int most) {
        return new Semantics(
                keepDestroyed, leaseTime, most, uniqueNames, tellsOfOthers, interop, authority, validations);
    }

    Semantics withUniqueNames(boolean unique) {
        return new Semantics(
                keepDestroyed, leaseTime, mostSeedBytes, unique, tellsOfOthers, interop, authority, validations);
    }

    Semantics withTellsOfOthers() {
        return new Semantics(
                keepDestroyed, leaseTime, mostSeedBytes, uniqueNames, true, interop, authority, validations);
    }

    Semantics withInterop() {
        return new Semantics(
                keepDestroyed, leaseTime, mostSeedBytes, uniqueNames, tellsOfOthers, true, authority, validations);
    }
}
