/** Tests of the public key subsystem without an SSH library. */
@NullMarked
package org.symbolon.ssh.publickey;

import org.jspecify.annotations.NullMarked;
