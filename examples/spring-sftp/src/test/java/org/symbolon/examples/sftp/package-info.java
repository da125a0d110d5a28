@NullMarked
package org.symbolon.examples.sftp;

import org.jspecify.annotations.NullMarked;
