package org.symbolon.soft.store;

/** A work asked what its flight did not: it is done again in a transaction. */
final class UnforeseenQuery extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnforeseenQuery() {
        super("a query was not foreseen", null, false, false);
    }
}
