package org.symbolon.config;

/** A place in a file, counted from 1. */
record Location(int line, int column) {
    static final Location START = new Location(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
