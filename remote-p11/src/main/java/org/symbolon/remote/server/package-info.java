/**
 * Serves tokens to PKCS #11 programs.
 *
 * <p>{@code Cryptoki} holds PKCS #11's session machine once, over the plain API and independent of any encoding: sessions, login
 * state, handles, searches and operations of one client application.
 */
@NullMarked
package org.symbolon.remote.server;

import org.jspecify.annotations.NullMarked;
