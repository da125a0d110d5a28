package org.symbolon.soft;

import java.util.List;
import org.symbolon.Bytes;

/**
 * What a backup, a restore or a copy did.
 *
 * @param label the token's label
 * @param serialNumber the token's serial number; of a restore or a copy, that of the new token
 * @param verifyKey the token's public signing key, to be pinned as {@code verify-key}; of a restore or a copy, that of
 *     the new token, which is another than the old one's
 * @param objects how many objects it has
 * @param leftOut a sentence for each damaged object that was left out; empty unless that was allowed
 */
public record BackupReport(String label, String serialNumber, Bytes verifyKey, long objects, List<String> leftOut) {
    /** Copies the list. */
    public BackupReport {
        leftOut = List.copyOf(leftOut);
    }
}
