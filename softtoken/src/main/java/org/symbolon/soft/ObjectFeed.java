package org.symbolon.soft;

import java.io.IOException;
import java.util.Optional;
import org.symbolon.TokenException;
import org.symbolon.soft.archive.ArchivedObject;
import org.symbolon.soft.archive.ArchivedToken;

/** A whole token, one object after the other: what a backup is made of and a restore makes a token of. */
interface ObjectFeed {
    ArchivedToken token();

    /** Returns the next object, whose secret values the caller wipes; empty when they were all, and none was missing. */
    Optional<ArchivedObject> next() throws TokenException, IOException;
}
