/**
 * The client: a PKCS #11 module behind p11-kit's RPC as a backend.
 *
 * <p>To the module at the other end a connection is an application: its sessions, its login and its session objects are tied
 * to it. So a {@link org.symbolon.remote.client.ConnectionPool} holds connections of one token and one login, and whatever
 * was made for a session only lives in a {@link org.symbolon.remote.client.SessionScope}, on a connection that nobody else
 * uses. A connection is lent to one call at a time; each call's messages leave in one flight wherever they can.
 */
@NullMarked
package org.symbolon.remote.client;

import org.jspecify.annotations.NullMarked;
