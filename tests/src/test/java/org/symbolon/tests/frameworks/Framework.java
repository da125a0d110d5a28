package org.symbolon.tests.frameworks;

import java.util.List;

/** Something that uses keys through the JCA: a row of the table. */
interface Framework {
    /** Returns the framework's name and what it is used as. */
    String title();

    /** Returns what is tried with a kind of key; each is a word in the table if it works. */
    List<String> ways(KeyKind kind);

    /**
     * Uses a key, and checks with software that it was used.
     *
     * @throws Exception if it does not work
     */
    void use(HeldKey key, String way) throws Exception;
}
