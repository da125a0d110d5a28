package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.util.List;
import org.symbolon.DerivationParameters;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;
import org.symbolon.TokenException;

/** CKM_DH_PKCS_DERIVE. */
final class DhDerivation implements KeyDerivation {
    @Override
    public MechanismInfo info() {
        return Derivations.info(DhKeys.MIN_BITS, DhKeys.MAX_BITS);
    }

    @Override
    public byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes) throws TokenException {
        if (!(mechanism.parameters() instanceof DerivationParameters.PublicValue publicValue)) {
            throw Failures.parameter(mechanism + " wants the other party's public value");
        }
        BigInteger y = new BigInteger(1, publicValue.value().sharedArray());
        return Derivations.trailing(DhKeys.agree(base.attributes(), y), bytes);
    }
}
