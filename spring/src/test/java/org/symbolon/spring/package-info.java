@NullMarked
package org.symbolon.spring;

import org.jspecify.annotations.NullMarked;
