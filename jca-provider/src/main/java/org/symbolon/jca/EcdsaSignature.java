package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.TokenException;
import org.symbolon.key.TokenEcPrivateKey;
import org.symbolon.key.TokenPrivateKey;

/** SHA256withECDSA and its like and NONEwithECDSA, in DER and in P1363 format. */
final class EcdsaSignature extends TokenSignature {
    private final MechanismTable.Row row;
    private final EcdsaEncoding encoding;

    EcdsaSignature(SymbolonProvider provider, String algorithm, MechanismTable.Row row, EcdsaEncoding encoding) {
        super(provider, algorithm);
        this.row = row;
        this.encoding = encoding;
    }

    @Override
    SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException {
        if (!(key instanceof TokenEcPrivateKey ec)) {
            throw new InvalidKeyException(key + " is no EC key, so it cannot sign with " + algorithm());
        }
        int orderBits = ec.getParams().getOrder().bitLength();
        Optional<HashAlgorithm> hash = row.hash();
        if (capabilities().signs(key, Mechanism.ECDSA.type())) {
            SignatureInput input = hash.map(SignatureInput::digest)
                    .orElseGet(() -> SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES));
            return plan(Mechanism.ECDSA, input, digest -> leftmost(digest, (orderBits + 7) / 8), orderBits);
        }
        if (hash.isPresent() && capabilities().signs(key, row.type())) {
            return plan(
                    Mechanism.of(row.type()),
                    SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES),
                    UnaryOperator.identity(),
                    orderBits);
        }
        throw new InvalidKeyException(key + " cannot sign with " + algorithm() + ": its token offers neither CKM_ECDSA"
                + (hash.isPresent() ? " nor " + row.type() : ""));
    }

    private SigningPlan plan(Mechanism mechanism, SignatureInput input, UnaryOperator<byte[]> framing, int orderBits) {
        int orderBytes = (orderBits + 7) / 8;
        return new SigningPlan(
                mechanism,
                input,
                framing,
                signature -> encoding.encode(EcdsaEncoding.checked(signature, orderBytes)),
                encoding.maxBytes(orderBits));
    }

    /** ECDSA uses the leftmost bits of a digest that is longer than the order; not every token cuts by itself. */
    private static byte[] leftmost(byte[] digest, int orderBytes) {
        return digest.length <= orderBytes ? digest : Arrays.copyOf(digest, orderBytes);
    }

    /** Takes the curve's parameters, which the key has anyway, as SunEC does. */
    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof ECParameterSpec)) {
            super.engineSetParameter(parameters);
        }
    }
}
