@NullMarked
package org.symbolon.ssh.sshj;

import org.jspecify.annotations.NullMarked;
