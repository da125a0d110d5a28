/** Remote PKCS #11, with p11-kit and SoftHSM 2 as the other end. */
@NullMarked
package org.symbolon.tests.remote;

import org.jspecify.annotations.NullMarked;
