package org.symbolon.ssh;

/** Patterns in which {@code *} stands for any text and {@code ?} for one character, as in OpenSSH's lists. */
public final class Wildcard {
    private Wildcard() {}

    /**
     * Whether a whole text matches. Steps back to the last star only: at most pattern times text steps.
     *
     * @param pattern the pattern
     * @param text the text
     * @return whether it does, case counting
     */
    public static boolean matches(String pattern, String text) {
        int inPattern = 0;
        int inText = 0;
        int star = -1;
        int retry = 0;
        while (inText < text.length()) {
            char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
            if (inPattern < pattern.length() && wanted == '*') {
                star = inPattern++;
                retry = inText;
            } else if (inPattern < pattern.length() && (wanted == '?' || wanted == text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (star >= 0) {
                inPattern = star + 1;
                inText = ++retry;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }
}
