/**
 * Keys as others keep them: key files (PKCS #8, PKCS #12, PEM) read and written, and the tokens of SoftHSM 2.
 *
 * <p>What is read becomes attributes of objects, for {@link org.symbolon.transfer.ObjectTransfer} to create in any token.
 * Files are bounded, and what is wrong with one is said.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.soft.foreign;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
