/**
 * KMIP's items (tag, type, length, value) and their three encodings: binary, XML and JSON (KMIP 2.1 section 10; Additional
 * Message Encodings 1.0).
 *
 * <p>A {@link org.symbolon.kmip.ttlv.Ttlv} is an immutable tree that holds whatever a peer sent, known or not, so that it
 * encodes again to what it was. Numbers and names of tags and values come from two tables, {@code tags.tsv} and
 * {@code enumerations.tsv}.
 */
@NullMarked
package org.symbolon.kmip.ttlv;

import org.jspecify.annotations.NullMarked;
