/** The configuration file: which tokens there are and everything about them. */
@NullMarked
package org.symbolon.config;

import org.jspecify.annotations.NullMarked;
