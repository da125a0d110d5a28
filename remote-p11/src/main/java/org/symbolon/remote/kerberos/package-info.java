/** Kerberos by the JDK's GSS-API: tickets of clients, and the keys with which services accept them. */
@NullMarked
package org.symbolon.remote.kerberos;

import org.jspecify.annotations.NullMarked;
