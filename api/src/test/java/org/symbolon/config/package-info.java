/** Tests of the configuration file. */
@NullMarked
package org.symbolon.config;

import org.jspecify.annotations.NullMarked;
