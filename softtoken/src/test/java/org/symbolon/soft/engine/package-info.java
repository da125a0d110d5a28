/** Tests of how engines are chosen. */
@org.jspecify.annotations.NullMarked
package org.symbolon.soft.engine;
