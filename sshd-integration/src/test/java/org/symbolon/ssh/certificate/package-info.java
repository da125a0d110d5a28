/** Tests of SSH's formats. */
@NullMarked
package org.symbolon.ssh.certificate;

import org.jspecify.annotations.NullMarked;
