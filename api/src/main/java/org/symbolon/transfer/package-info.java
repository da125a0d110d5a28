/**
 * Moves objects between tokens of any kind, as far as they can leave the one and be created in the other.
 *
 * <p>What is sensitive or not extractable stays where it is; whole soft tokens with everything in them are moved by
 * {@code org.symbolon.soft.SoftBackup}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.transfer;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
