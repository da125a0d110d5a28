/** Tests of the ssh-agent protocol. */
@NullMarked
package org.symbolon.ssh.agent;

import org.jspecify.annotations.NullMarked;
