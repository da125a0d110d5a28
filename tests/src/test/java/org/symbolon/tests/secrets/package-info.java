/** Secrets stay where they are: not in logs, not in messages, not in files. */
@NullMarked
package org.symbolon.tests.secrets;

import org.jspecify.annotations.NullMarked;
