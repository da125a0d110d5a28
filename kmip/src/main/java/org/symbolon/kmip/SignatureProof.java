package org.symbolon.kmip;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;

/** Whether a signature is what was asked for, as the JVM's own providers see it. */
enum SignatureProof {
    VALID,
    INVALID,
    /** The JVM cannot tell: it lacks the curve, or PSS over a digest, for which there is no JCA name. */
    UNKNOWN;

    private static final Logger LOG = LoggerFactory.getLogger(SignatureProof.class);

    /** {@return the proof of a signature, whose ECDSA form is raw} */
    static SignatureProof of(PublicKey key, SignatureScheme scheme, Bytes data, Bytes signature) {
        boolean valid;
        try {
            if (scheme.kind() == SignatureScheme.Kind.PKCS1 && !scheme.takesMessage()) {
                valid = holds(key, data, signature);
            } else if (scheme.kind() == SignatureScheme.Kind.PSS && !scheme.takesMessage()) {
                return UNKNOWN;
            } else {
                valid = verifies(key, scheme, data, signature);
            }
        } catch (SignatureException | BadPaddingException | IllegalBlockSizeException e) {
            LOG.debug("a signature is none", e);
            valid = false;
        } catch (GeneralSecurityException e) {
            LOG.debug("a signature cannot be verified here", e);
            return UNKNOWN;
        }
        return valid ? VALID : INVALID;
    }

    private static boolean verifies(PublicKey key, SignatureScheme scheme, Bytes data, Bytes signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(name(scheme));
        if (scheme.pss() != null) {
            verifier.setParameter(new PSSParameterSpec(
                    scheme.pss().hash().jcaName(),
                    "MGF1",
                    new MGF1ParameterSpec(scheme.pss().mgfHash().jcaName()),
                    scheme.pss().saltBytes(),
                    PSSParameterSpec.TRAILER_FIELD_BC));
        }
        verifier.initVerify(key);
        verifier.update(data.toByteArray());
        return verifier.verify(signature.toByteArray());
    }

    private static String name(SignatureScheme scheme) throws NoSuchAlgorithmException {
        HashAlgorithm hash = scheme.hash();
        String hashName = !scheme.takesMessage() || hash == null
                ? "NONE"
                : hash.jcaName().startsWith("SHA-") ? hash.jcaName().replace("-", "") : hash.jcaName();
        return switch (scheme.kind()) {
            case PKCS1 -> hashName + "withRSA";
            case PSS -> "RSASSA-PSS";
            case ECDSA -> hashName + "withECDSAinP1363Format";
            case EDDSA -> "EdDSA";
        };
    }

    /** Whether a signature of PKCS #1 v1.5 holds a DigestInfo. */
    private static boolean holds(PublicKey key, Bytes digestInfo, Bytes signature) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return MessageDigest.isEqual(cipher.doFinal(signature.toByteArray()), digestInfo.toByteArray());
    }
}
