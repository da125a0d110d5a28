/** What OASIS's test cases say of our codec, client and server: the runner of {@code tests/kmip-conformance}. */
@NullMarked
package org.symbolon.kmip.conformance;

import org.jspecify.annotations.NullMarked;
