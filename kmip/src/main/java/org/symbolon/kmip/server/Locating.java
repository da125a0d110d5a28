package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectGroupMember;
import org.symbolon.kmip.object.ApplicationSpecificInformation;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Which objects a Locate means (KMIP 2.1 section 6.1.28): those that have each attribute that is given. */
final class Locating {
    /** Computed only for objects that match otherwise, since it takes more than what is at hand. */
    private static final Set<AttributeType<?>> COMPUTED = Set.of(AttributeType.DIGEST, AttributeType.LINK);

    private final Map<AttributeType<?>, List<Object>> wanted = new LinkedHashMap<>();
    private final @Nullable ObjectGroupMember member;
    private final Instant now;
    private final View view;
    private final KmipVersion version;

    Locating(Attributes filters, @Nullable ObjectGroupMember member, Instant now, View view, KmipVersion version) {
        this.member = member;
        this.now = now;
        this.view = view;
        this.version = version;
        for (Attribute<?> filter : filters.list()) {
            wanted.computeIfAbsent(filter.type(), type -> new ArrayList<>()).add(filter.value());
        }
    }

    /** Returns whether an object has what is asked for among the attributes that are kept. */
    boolean matchesKept(Managed object) {
        if (ObjectGroupMember.GROUP_MEMBER_FRESH.equals(member) && !view.isFresh(object)) {
            return false;
        }
        return wanted.entrySet().stream()
                .filter(filter -> !COMPUTED.contains(filter.getKey()))
                .allMatch(filter -> matches(filter.getValue(), values(object, filter.getKey())));
    }

    private List<?> values(Managed object, AttributeType<?> type) {
        if (View.isHidden(type)) {
            return List.of();
        } else if (type.equals(AttributeType.STATE)) {
            return List.of(object.state(now));
        } else if (type.equals(AttributeType.UNIQUE_IDENTIFIER)) {
            return List.of(org.symbolon.kmip.object.UniqueIdentifier.of(object.id()));
        }
        List<?> kept = object.attributes().all(type);
        return kept.isEmpty() ? view.atHand(object).all(type) : kept;
    }

    /** Returns those objects that have what is asked for among the attributes that are computed. */
    List<Managed> matchingComputed(List<Managed> objects) throws TokenException {
        Set<AttributeType<?>> computed = new HashSet<>(wanted.keySet());
        computed.retainAll(COMPUTED);
        if (computed.isEmpty()) {
            return objects;
        }
        List<Managed> matching = new ArrayList<>();
        for (Managed object : objects) {
            Attributes all = view.of(object, version, computed::contains);
            boolean good =
                    computed.stream().allMatch(type -> matches(wanted.getOrDefault(type, List.of()), all.all(type)));
            if (good) {
                matching.add(object);
            }
        }
        return matching;
    }

    private static boolean matches(List<Object> asked, List<?> actual) {
        if (asked.size() == 2 && asked.get(0) instanceof Instant first && asked.get(1) instanceof Instant second) {
            return actual.stream().anyMatch(value -> isBetween((Instant) value, first, second));
        }
        return asked.stream().allMatch(value -> actual.stream().anyMatch(each -> isMatch(value, each)));
    }

    private static boolean isBetween(Instant date, Instant first, Instant second) {
        Instant from = first.isBefore(second) ? first : second;
        Instant to = first.isBefore(second) ? second : first;
        return !date.isBefore(from) && !date.isAfter(to);
    }

    private static boolean isMatch(Object asked, Object actual) {
        if (asked instanceof CryptographicUsageMask bits && actual instanceof CryptographicUsageMask mask) {
            return mask.has(bits.value());
        } else if (asked instanceof ApplicationSpecificInformation some
                && actual instanceof ApplicationSpecificInformation whole) {
            return some.applicationNamespace().equals(whole.applicationNamespace())
                    && (some.applicationData() == null
                            || Objects.equals(some.applicationData(), whole.applicationData()));
        } else if (asked instanceof UsageLimits least && actual instanceof UsageLimits limits) {
            return limits.usageLimitsTotal() >= least.usageLimitsTotal();
        }
        return asked.equals(actual);
    }
}
