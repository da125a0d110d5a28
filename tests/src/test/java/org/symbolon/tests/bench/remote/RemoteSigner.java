package org.symbolon.tests.bench.remote;

import java.security.GeneralSecurityException;

/** What one thread does again and again. */
@FunctionalInterface
interface RemoteSigner {
    void sign() throws GeneralSecurityException;
}
