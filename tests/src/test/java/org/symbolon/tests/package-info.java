/** What the tests of this module share: the peers, and where the repository is. */
@NullMarked
package org.symbolon.tests;

import org.jspecify.annotations.NullMarked;
