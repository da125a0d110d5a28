package org.symbolon.cli;

import java.util.List;
import org.symbolon.serve.Monitored;

/** What {@code symbolon serve} serves beside PKCS #11 programs. */
interface ServedPart extends Monitored, AutoCloseable {
    /** Returns where it answers, as the command line says it. */
    List<String> addresses();

    /** Ends it. Idempotent. */
    @Override
    void close();
}
