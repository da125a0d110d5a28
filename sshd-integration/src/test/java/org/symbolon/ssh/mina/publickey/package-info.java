/** Tests of the public key subsystem on MINA. */
@NullMarked
package org.symbolon.ssh.mina.publickey;

import org.jspecify.annotations.NullMarked;
