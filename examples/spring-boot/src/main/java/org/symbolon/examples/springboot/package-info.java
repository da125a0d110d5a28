/** A Spring Boot application whose HTTPS key lives in a token. */
@NullMarked
package org.symbolon.examples.springboot;

import org.jspecify.annotations.NullMarked;
