package org.symbolon.cli;

/** What the process ends with, for scripts. The list is in every help and in docs/cli.md. */
enum ExitCode {
    OK(0),
    /** The token refused or failed. */
    FAILED(1),
    /** The command line or the configuration is wrong. */
    USAGE(2),
    /** No such token or object, or several. */
    NOT_FOUND(3),
    /** Wrong or locked PIN. */
    AUTHENTICATION(4),
    /** The token cannot be reached or does not answer in time. */
    UNAVAILABLE(5),
    /** A file that was given is not what it should be. */
    BAD_INPUT(6),
    /** A bug in Symbolon. */
    BUG(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
