/**
 * KMIP from the client's side: {@link org.symbolon.kmip.KmipClient} asks a server over TLS in the newest version that both speak,
 * from 1.0 to 2.1.
 *
 * <pre>{@code
 * try (KmipClient client = KmipClient.builder("kmip.example.com")
 *         .trust(Path.of("ca.pem"))
 *         .clientKey(Path.of("alice.p12"), password)
 *         .open()) {
 *
 *     UniqueIdentifier key = client.create(
 *             ObjectType.SYMMETRIC_KEY,
 *             Attributes.NONE
 *                     .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
 *                     .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
 *                     .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
 *                             CryptographicUsageMask.of(CryptographicUsageMask.ENCRYPT, CryptographicUsageMask.DECRYPT))
 *                     .with(AttributeType.NAME, Name.of("backup-2026")));
 *     client.activate(key);
 * }
 * }</pre>
 *
 * <p>What a server refuses is a {@link org.symbolon.TokenException} with the server's own result reason. The operations are in
 * {@link org.symbolon.kmip.operation}, what they carry in {@link org.symbolon.kmip.object} and
 * {@link org.symbolon.kmip.enumeration}, the encodings in {@link org.symbolon.kmip.ttlv}.
 */
@NullMarked
package org.symbolon.kmip;

import org.jspecify.annotations.NullMarked;
