package org.symbolon.transfer;

import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.TokenObject;

/** Hears what becomes of each object of a transfer. Called in the thread that does the work. */
public interface TransferListener {
    /**
     * Tells that an object was created.
     *
     * @param made the object in the target
     */
    void transferred(TokenObject made);

    /**
     * Tells that an object was created without some of its attributes, since the target does not take them.
     *
     * @param made the object in the target
     * @param without the attributes that it lacks
     */
    default void reduced(TokenObject made, Set<Attribute<?>> without) {
        transferred(made);
    }

    /**
     * Tells that an object was not created.
     *
     * @param object the object in words, such as {@code private key "deploy"}
     * @param reason why not
     */
    void leftOut(String object, String reason);
}
