/**
 * What servers of tokens share, whatever they speak: for those who write a face with a socket.
 *
 * <p>A {@link org.symbolon.serve.Listener} takes in who connects as one of its {@link org.symbolon.serve.Arrivals}, and hands
 * {@link org.symbolon.serve.Clients} the {@link org.symbolon.serve.ClientStream} of who has said who it is. A
 * {@link org.symbolon.serve.Protocol} makes a {@link org.symbolon.serve.ServedClient} of it, which reads requests and answers them.
 * Every step has a bound and a time, and whoever exceeds it is cut off alone, with a reason in the log and in the metrics.
 *
 * <p>Nulls: no parameter and no result is null unless it says so.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.serve;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
