/** Tests of X.509 certificates in SSH. */
@NullMarked
package org.symbolon.ssh.x509;

import org.jspecify.annotations.NullMarked;
