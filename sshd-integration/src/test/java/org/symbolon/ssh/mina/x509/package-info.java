/** Tests of MINA with X.509 certificates. */
@NullMarked
package org.symbolon.ssh.mina.x509;

import org.jspecify.annotations.NullMarked;
