package org.symbolon.kmip.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;

/** Derivation Parameters (KMIP 1.0 to 2.1). */
public record DerivationParameters(
        @Nullable CryptographicParameters cryptographicParameters,
        @Nullable Bytes initializationVector,
        List<Bytes> derivationDatas,
        @Nullable Bytes salt,
        @Nullable Integer iterationCount) {
    public DerivationParameters {
        derivationDatas = List.copyOf(derivationDatas);
    }
}
