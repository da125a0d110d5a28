/**
 * A KMIP server for tests, which answers as a test says and fails as servers do: {@link org.symbolon.kmip.testing.KmipFaults}. It
 * listens on the loopback, speaks TLS with certificates that it makes itself, and needs no test framework.
 */
@NullMarked
package org.symbolon.kmip.testing;

import org.jspecify.annotations.NullMarked;
