/**
 * Tests of the command line: scenarios are text files in {@code src/test/resources/scenarios}, in the form that
 * {@link org.symbolon.cli.Scenario} describes.
 */
@NullMarked
package org.symbolon.cli;

import org.jspecify.annotations.NullMarked;
