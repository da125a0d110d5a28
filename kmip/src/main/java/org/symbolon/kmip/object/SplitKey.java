package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.SplitKeyMethod;

/** Split Key (KMIP 1.0 to 2.1). */
public record SplitKey(
        Integer splitKeyParts,
        Integer keyPartIdentifier,
        Integer splitKeyThreshold,
        SplitKeyMethod splitKeyMethod,
        @Nullable BigInteger primeFieldSize,
        KeyBlock keyBlock)
        implements ManagedObject {
    @Override
    public ObjectType objectType() {
        return ObjectType.SPLIT_KEY;
    }
}
