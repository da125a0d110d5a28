package org.symbolon.kmip.conformance;

import java.util.List;

/**
 * What came of a case.
 *
 * @param file the case, such as {@code 1.0/SKLC-M-1-10.xml}
 * @param differences what is other than the case says; none if it passed
 * @param trace the messages, for those who want to see them
 */
record CaseResult(String file, List<String> differences, String trace) {
    boolean passed() {
        return differences.isEmpty();
    }
}
