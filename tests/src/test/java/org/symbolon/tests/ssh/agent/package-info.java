/** The ssh-agent protocol with peers that nobody here wrote: OpenSSH in all its roles, git, PuTTY and Dropbear. */
@NullMarked
package org.symbolon.tests.ssh.agent;

import org.jspecify.annotations.NullMarked;
