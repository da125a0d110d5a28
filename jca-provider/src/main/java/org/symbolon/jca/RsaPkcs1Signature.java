package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;

/** SHA256withRSA and its like, and NONEwithRSA: RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2). */
final class RsaPkcs1Signature extends TokenSignature {
    private static final int PADDING_BYTES = 11;

    private final MechanismTable.Row row;

    RsaPkcs1Signature(SymbolonProvider provider, String algorithm, MechanismTable.Row row) {
        super(provider, algorithm);
        this.row = row;
    }

    @Override
    SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException {
        int modulusBytes = RsaKeys.modulusBytes(key, algorithm());
        if (!key.getAlgorithm().equals("RSA")) {
            throw new InvalidKeyException(key + " signs with RSASSA-PSS only, not with " + algorithm());
        }
        Optional<HashAlgorithm> hash = row.hash();
        if (capabilities().signs(key, Mechanism.RSA_PKCS.type())) {
            return hash.isPresent()
                    ? local(modulusBytes, hash.get())
                    : plan(Mechanism.RSA_PKCS, SignatureInput.message(modulusBytes - PADDING_BYTES), modulusBytes);
        }
        if (hash.isPresent() && capabilities().signs(key, row.type())) {
            return plan(Mechanism.of(row.type()), SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES), modulusBytes);
        }
        throw new InvalidKeyException(key + " cannot sign with " + algorithm()
                + ": its token offers neither CKM_RSA_PKCS" + (hash.isPresent() ? " nor " + row.type() : ""));
    }

    private SigningPlan local(int modulusBytes, HashAlgorithm hash) throws InvalidKeyException {
        if (modulusBytes < hash.digestInfo(new byte[hash.digestBytes()]).length + PADDING_BYTES) {
            throw new InvalidKeyException("a key of " + modulusBytes * 8 + " bits is too short for " + algorithm());
        }
        return new SigningPlan(
                Mechanism.RSA_PKCS,
                SignatureInput.digest(hash),
                hash::digestInfo,
                signature -> signature,
                modulusBytes);
    }

    private static SigningPlan plan(Mechanism mechanism, SignatureInput input, int modulusBytes) {
        return new SigningPlan(mechanism, input, UnaryOperator.identity(), signature -> signature, modulusBytes);
    }
}
