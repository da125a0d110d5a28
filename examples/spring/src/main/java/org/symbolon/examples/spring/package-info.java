/** Tokens as beans by Java configuration, without Spring Boot. */
@NullMarked
package org.symbolon.examples.spring;

import org.jspecify.annotations.NullMarked;
