/**
 * A KMIP server as a PKCS #11 module: {@code kmip://host:5696}.
 *
 * <p>A {@code KmipToken} is the whole server or one Object Group of it. Its {@code SessionRequests} sends what concerns token objects to the
 * server ({@code ServerObjects}, {@code ServerKeys}), and session objects, public keys and digests to a soft token in memory
 * ({@code MemoryToken}), which also says what a template means ({@code Rehearsal}). {@code ServerMemory} is what was learnt of the server:
 * which attributes it keeps and which operations it has.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.kmip.token;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
