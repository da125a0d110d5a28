package org.symbolon.soft.archive;

/** The records of a backup. */
enum RecordKind {
    /** The first. */
    TOKEN(1),
    /** An object: 16 bytes uid, 8 bytes version, its attributes. */
    OBJECT(2),
    /** The last: 8 bytes number of objects. */
    END(3);

    static final int OBJECT_HEADER_BYTES = 24;
    /** No attribute has more than a MiB and few are that long. */
    static final int MAX_BYTES = 1 << 24;

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
