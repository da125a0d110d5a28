package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * The label under which a user's keys are kept: a pattern in which {@code {user}} stands for the name.
 *
 * @param pattern the pattern, with one {@code {user}}
 */
record UserLabel(String pattern) {
    private static final String PLACE = "{user}";
    private static final int MAX_USER_BYTES = 255;

    UserLabel {
        int place = pattern.indexOf(PLACE);
        if (place < 0 || pattern.indexOf(PLACE, place + 1) >= 0) {
            throw new IllegalArgumentException("labelPattern is \"" + pattern + "\"; it must have {user} exactly once");
        }
    }

    /** The label, or empty for a name that no key can have. */
    Optional<String> of(String user) {
        return problem(user).isPresent() ? Optional.empty() : Optional.of(pattern.replace(PLACE, user));
    }

    /** The label of a name that comes from whoever administers keys. */
    String require(String user) {
        problem(user).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return pattern.replace(PLACE, user);
    }

    private static Optional<String> problem(String user) {
        if (user.isEmpty()) {
            return Optional.of("The user name is empty");
        }
        if (user.length() > MAX_USER_BYTES || user.getBytes(UTF_8).length > MAX_USER_BYTES) {
            return Optional.of("The user name has more than " + MAX_USER_BYTES + " bytes");
        }
        if (user.codePoints().anyMatch(UserLabel::isForbidden)) {
            return Optional.of("The user name \"" + Text.quoted(user) + "\" has control characters");
        }
        return Optional.empty();
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint == '\t' || Text.breaksLine(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
