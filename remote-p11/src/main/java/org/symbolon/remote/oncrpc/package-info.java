/**
 * ONC RPC version 2 (RFC 5531) over TCP with XDR (RFC 4506) and RPCSEC_GSS version 1 (RFC 2203), both ends. It knows nothing of
 * PKCS #11: a call is a number and bytes.
 *
 * <p>What comes from outside is bounded before anything is allocated for it; what does not decode is a
 * {@link org.symbolon.remote.rpc.MalformedMessageException}.
 */
@NullMarked
package org.symbolon.remote.oncrpc;

import org.jspecify.annotations.NullMarked;
