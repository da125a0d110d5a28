@NullMarked
package org.symbolon.examples.springboot;

import org.jspecify.annotations.NullMarked;
