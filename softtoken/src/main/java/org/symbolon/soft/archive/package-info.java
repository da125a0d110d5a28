/**
 * The file that a token is backed up to: a header, then every object in chunks of authenticated encryption.
 *
 * <pre>
 * symbolon-backup\n                      16 bytes
 * version                                2 bytes, 1
 * kdf                                    2 bytes length, ASCII, such as argon2id,m=65536,t=3,p=4
 * salt                                   32 bytes
 * check                                  32 bytes, HMAC-SHA-256 over all before, under a key of the passphrase
 * chunk 0, chunk 1 ... last chunk        each 65,536 bytes and a tag of 16, the last one shorter or as long
 * </pre>
 *
 * <p>A chunk is AES-256-GCM under a key that HKDF makes of Argon2id(passphrase, salt) and the header; its nonce is its
 * number in 11 bytes and one byte that is 1 in the last chunk: the STREAM construction, by which chunks that were
 * dropped, repeated, moved, taken from another file or appended do not open. Inside are records - a byte of kind, four
 * bytes of length, content - first the token's, then one for each object, at last the number of objects.
 */
@NullMarked
package org.symbolon.soft.archive;

import org.jspecify.annotations.NullMarked;
