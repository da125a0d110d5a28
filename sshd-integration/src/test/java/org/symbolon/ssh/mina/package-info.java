/** Tests of MINA with keys in tokens; run once with each kind of Ed25519 that MINA can find. */
@NullMarked
package org.symbolon.ssh.mina;

import org.jspecify.annotations.NullMarked;
