@NullMarked
package org.symbolon.ssh.jsch;

import org.jspecify.annotations.NullMarked;
