package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.kmip.object.UniqueIdentifier;

/** What was learnt of a server by asking it. Thread-safe; what two threads learn at the same time is the same. */
final class ServerMemory {
    /**
     * Which attributes carry what KMIP has no attribute for.
     *
     * @param vendor whether attributes of the vendor {@code x} are kept
     * @param application whether Application Specific Information is
     * @param secrecy whether Sensitive and Extractable are
     */
    record Carriers(boolean vendor, boolean application, boolean secrecy) {}

    private static final int MAX_OBJECTS = 200_000;

    private final Optional<TokenSettings.LabelCarrier> labels;
    private final Set<String> unsupported = ConcurrentHashMap.newKeySet();
    private volatile Optional<Carriers> carriers = Optional.empty();
    private final Set<UniqueIdentifier> withoutDerivedId = ConcurrentHashMap.newKeySet();
    private volatile boolean readsVendor = true;
    private volatile boolean readsSecrecy = true;

    ServerMemory(TokenSettings settings) {
        this.labels = settings.labels();
    }

    /** Returns what the server keeps, if that is known, or what to try one after the other. */
    List<Carriers> carriers() {
        if (carriers.isPresent()) {
            return List.of(carriers.get());
        }
        List<Carriers> tries = new ArrayList<>();
        for (boolean application : new boolean[] {true, false}) {
            if (labels.filter(carrier -> (carrier == TokenSettings.LabelCarrier.APPLICATION) != application)
                    .isEmpty()) {
                tries.add(new Carriers(true, application, true));
                tries.add(new Carriers(false, application, true));
                tries.add(new Carriers(false, application, false));
            }
        }
        return tries;
    }

    void learnt(Carriers kept) {
        carriers = Optional.of(kept);
        readsVendor &= kept.vendor();
        readsSecrecy &= kept.secrecy();
    }

    /** Returns whether labels may be Names. */
    boolean labelsAreNames() {
        return carriers().stream().anyMatch(each -> !each.application());
    }

    /** Returns whether objects of ours are told from others by their Names alone. */
    boolean namesCarrySuffixes() {
        return carriers().stream().anyMatch(each -> !each.application() && !each.vendor());
    }

    /** Returns whether Application Specific Information may be asked for. */
    boolean labelsAreApplicationData() {
        return carriers().stream().anyMatch(Carriers::application);
    }

    /** Returns whether vendors' attributes may be asked for. */
    boolean readsVendor() {
        return readsVendor;
    }

    void readsNoVendor() {
        readsVendor = false;
    }

    /** Returns whether Sensitive and Extractable may be asked for, where the version has them. */
    boolean readsSecrecy() {
        return readsSecrecy;
    }

    void readsNoSecrecy() {
        readsSecrecy = false;
    }

    /** Returns whether an object is known to carry its id, or to have no key to derive one of. */
    boolean hasNoDerivedId(UniqueIdentifier id) {
        return withoutDerivedId.contains(id);
    }

    void learntThatItHasNoDerivedId(UniqueIdentifier id) {
        if (withoutDerivedId.size() >= MAX_OBJECTS) {
            withoutDerivedId.clear();
        }
        withoutDerivedId.add(id);
    }

    /** Returns whether the server was found not to do something, such as signing with a mechanism. */
    boolean cannot(String what) {
        return unsupported.contains(what);
    }

    void learntThatItCannot(String what) {
        unsupported.add(what);
    }
}
