package org.symbolon;

/**
 * The two halves of a key pair.
 *
 * @param publicKey the public key
 * @param privateKey the private key, which stays in the token
 */
public record KeyPairObject(PublicKeyObject publicKey, PrivateKeyObject privateKey) {}
