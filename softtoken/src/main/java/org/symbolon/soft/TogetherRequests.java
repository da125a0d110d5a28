package org.symbolon.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Outcome;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.object.Hardening;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/**
 * Finds and writes many objects in few transactions. What refuses one touches that one only, and a database that does not answer
 * all of its transaction, since they may have been written.
 */
final class TogetherRequests {
    private static final Logger LOG = LoggerFactory.getLogger(TogetherRequests.class);

    /** How many objects are written in one transaction at most, so that other writers get their turn. */
    private static final int MAX_TOGETHER = 1000;

    private final SessionAccess access;
    private final SessionObjects objects;

    TogetherRequests(SessionAccess access, SessionObjects objects) {
        this.access = access;
        this.objects = objects;
    }

    /** Writes some objects, all or none. */
    @FunctionalInterface
    private interface AtOnce<Q> {
        List<TokenObject> write(List<Q> requests, CallOptions options) throws TokenException;
    }

    /** Writes one object. */
    @FunctionalInterface
    private interface Alone<Q> {
        TokenObject write(Q request, CallOptions options) throws TokenException;
    }

    /** Does what is asked, if all of it is of one kind that can be written together. */
    Optional<List<Outcome<?>>> run(List<? extends Request<?>> requests, CallOptions options) {
        if (requests.stream().allMatch(Request.Create.class::isInstance)) {
            List<Request.Create> creations =
                    requests.stream().map(Request.Create.class::cast).toList();
            // A strict token compares each new object with those before, and so do claims.
            return Optional.of(inTurns(
                    creations,
                    access.hardening() == Hardening.COMPAT
                            && creations.stream().map(Request.Create::template).noneMatch(TogetherRequests::claims),
                    objects::createAll,
                    objects::create,
                    options));
        } else if (requests.stream().allMatch(Request.SetAttributes.class::isInstance)) {
            List<Request.SetAttributes> changes =
                    requests.stream().map(Request.SetAttributes.class::cast).toList();
            return Optional.of(
                    inTurns(changes, areApart(changes), objects::setAttributesOfAll, objects::setAttributes, options));
        } else if (requests.stream().allMatch(Request.Find.class::isInstance)) {
            return Optional.of(objects.findAll(
                    requests.stream().map(Request.Find.class::cast).toList(), options));
        }
        return Optional.empty();
    }

    private boolean areApart(List<Request.SetAttributes> changes) {
        return changes.stream().allMatch(change -> access.isOnToken(change.target()) && !claims(change.template()))
                && changes.stream()
                                .map(change -> change.target().id())
                                .collect(Collectors.toSet())
                                .size()
                        == changes.size();
    }

    private static boolean claims(Template template) {
        return template.attributes().has(Conditions.CLAIMS);
    }

    private static <Q> List<Outcome<?>> inTurns(
            List<Q> requests, boolean together, AtOnce<Q> all, Alone<Q> one, CallOptions options) {
        if (!together) {
            return oneByOne(requests, one, options);
        }
        List<Outcome<?>> outcomes = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += MAX_TOGETHER) {
            List<Q> some = requests.subList(from, Math.min(requests.size(), from + MAX_TOGETHER));
            outcomes.addAll(together(some, all, one, options));
        }
        return outcomes;
    }

    private static <Q> List<Outcome<?>> together(List<Q> requests, AtOnce<Q> all, Alone<Q> one, CallOptions options) {
        try {
            return all.write(requests, options).stream()
                    .<Outcome<?>>map(Outcome::success)
                    .toList();
        } catch (TokenUnavailableException e) {
            return Collections.nCopies(requests.size(), Outcome.failure(e));
        } catch (TokenException e) {
            LOG.debug("{} objects are written one by one, since one is refused: {}", requests.size(), e.getMessage());
            return oneByOne(requests, one, options);
        }
    }

    private static <Q> List<Outcome<?>> oneByOne(List<Q> requests, Alone<Q> one, CallOptions options) {
        return requests.stream()
                .<Outcome<?>>map(request -> written(request, one, options))
                .toList();
    }

    private static <Q> Outcome<TokenObject> written(Q request, Alone<Q> one, CallOptions options) {
        try {
            return Outcome.success(one.write(request, options));
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }
}
