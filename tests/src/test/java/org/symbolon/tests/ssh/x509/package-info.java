/** X.509 certificates in SSH (RFC 6187), with OpenSSL's authorities and AsyncSSH's clients and servers. */
@NullMarked
package org.symbolon.tests.ssh.x509;

import org.jspecify.annotations.NullMarked;
