package org.symbolon.spi;

import org.symbolon.Attributes;
import org.symbolon.Done;
import org.symbolon.Encapsulation;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectCursor;
import org.symbolon.SecretKeyObject;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;

/**
 * Serves requests, one method for each kind. What a token cannot do it does not override: the default refuses with
 * CKR_FUNCTION_NOT_SUPPORTED.
 */
public interface RequestHandler {

    /**
     * Finds objects (C_FindObjectsInit and what follows).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default ObjectCursor find(Request.Find request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Reads attributes of an object (C_GetAttributeValue).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Changes attributes of an object (C_SetAttributeValue).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Creates an object (C_CreateObject).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default TokenObject create(Request.Create request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Copies an object (C_CopyObject).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Destroys an object (C_DestroyObject).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Generates a secret key (C_GenerateKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default SecretKeyObject generateKey(Request.GenerateKey request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Generates a key pair (C_GenerateKeyPair).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Derives a key (C_DeriveKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default KeyObject deriveKey(Request.DeriveKey request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Wraps a key (C_WrapKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] wrapKey(Request.WrapKey request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Unwraps a key (C_UnwrapKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default KeyObject unwrapKey(Request.UnwrapKey request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Signs, or makes a MAC (C_SignInit, C_Sign).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Verifies a signature or MAC (C_VerifyInit, C_Verify).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Boolean verify(Request.Verify request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Encrypts (C_EncryptInit, C_Encrypt).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] encrypt(Request.Encrypt request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Decrypts (C_DecryptInit, C_Decrypt).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] decrypt(Request.Decrypt request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Digests (C_DigestInit, C_Digest).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] digest(Request.Digest request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Makes a shared secret for the holder of a private key (C_EncapsulateKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Encapsulation encapsulate(Request.Encapsulate request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Recovers a shared secret (C_DecapsulateKey).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default SecretKeyObject decapsulate(Request.Decapsulate request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Makes random bytes (C_GenerateRandom).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default byte[] generateRandom(Request.GenerateRandom request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Mixes a seed into the random number generator (C_SeedRandom).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Done seedRandom(Request.SeedRandom request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Sets the user's PIN, as the security officer (C_InitPIN).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Done initPin(Request.InitPin request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    /**
     * Changes the PIN of the session's own role (C_SetPIN).
     *
     * @param request what is wanted
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    default Done setPin(Request.SetPin request, CallOptions options) throws TokenException {
        throw unsupported(request);
    }

    private static TokenException unsupported(Request<?> request) {
        return new TokenOperationException(
                Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"),
                "this token cannot " + request.verb().toLowerCase(java.util.Locale.ROOT));
    }
}
