@NullMarked
package org.symbolon.examples.spring;

import org.jspecify.annotations.NullMarked;
