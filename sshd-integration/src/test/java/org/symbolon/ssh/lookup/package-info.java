/** Tests of what sshd asks for. */
@NullMarked
package org.symbolon.ssh.lookup;

import org.jspecify.annotations.NullMarked;
