package org.symbolon;

import java.util.Optional;

/**
 * What happened to a token's objects, as {@link Token#changes} tells it.
 *
 * @param kind what happened
 * @param object which object; empty for {@link Kind#ANY}
 */
public record Change(Kind kind, Optional<ObjectId> object) {
    /** The kinds of changes. */
    public enum Kind {
        /** An object was made. */
        CREATED,
        /** An object's attributes were changed. */
        MODIFIED,
        /** An object was destroyed. */
        DESTROYED,
        /** Something changed and the feed cannot say what: drop everything that was remembered of the token. */
        ANY
    }

    private static final Change ANYTHING = new Change(Kind.ANY, Optional.empty());

    /** {@return the change that means: anything may be different now} */
    public static Change any() {
        return ANYTHING;
    }

    /**
     * Returns the change of one object.
     *
     * @param kind what happened
     * @param object to which object
     * @return the change
     */
    public static Change of(Kind kind, ObjectId object) {
        return new Change(kind, Optional.of(object));
    }
}
