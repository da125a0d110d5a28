package org.symbolon.soft;

/** Hears how far a backup, a restore or a copy of a token is. */
@FunctionalInterface
public interface BackupProgress {
    /**
     * Tells that one more object is done. Called in the thread that does the work: return quickly.
     *
     * @param done how many objects are done
     * @param all how many there are
     */
    void moved(long done, long all);
}
