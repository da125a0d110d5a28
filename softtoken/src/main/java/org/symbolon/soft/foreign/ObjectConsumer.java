package org.symbolon.soft.foreign;

import org.symbolon.Attributes;
import org.symbolon.TokenException;

/** Takes the objects of a foreign token, one after the other. */
public interface ObjectConsumer {
    /**
     * Takes an object.
     *
     * @param object its attributes; its secret values are wiped when this returns
     * @throws TokenException to end the reading
     */
    void object(Attributes object) throws TokenException;

    /**
     * Hears of a file that is no whole object.
     *
     * @param file the file's name
     * @param reason what is wrong with it
     */
    void damaged(String file, String reason);
}
