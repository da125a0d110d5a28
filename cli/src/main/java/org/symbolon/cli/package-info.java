/**
 * The command line: {@code symbolon}.
 *
 * <p>{@link org.symbolon.cli.Main} runs it. Each command is a class of its name; what all share is {@code Symbolon} (the root
 * with {@code --json} and {@code --config}), {@code TokenOptions} (which token), {@code LoginOptions} (in whose name) and
 * {@code Failure} (what becomes of an error). Nothing of a backend, of SSH or of JSON is loaded before a command needs it, so
 * that {@code --help} is fast.
 */
@NullMarked
package org.symbolon.cli;

import org.jspecify.annotations.NullMarked;
