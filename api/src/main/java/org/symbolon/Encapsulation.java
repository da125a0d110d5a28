package org.symbolon;

/**
 * What an encapsulation makes (C_EncapsulateKey, PKCS #11 v3.2 section 5.18.8).
 *
 * @param ciphertext what the holder of the private key decapsulates
 * @param key the shared secret, a key in the token
 */
public record Encapsulation(Bytes ciphertext, SecretKeyObject key) {}
