package org.symbolon.soft.engine;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.TokenException;

/** CKM_PKCS5_PBKD2: PBKDF2 of RFC 8018. */
final class PasswordDerivation {
    private PasswordDerivation() {}

    static byte[] derive(Mechanism mechanism, int bytes) throws TokenException {
        if (!(mechanism.parameters() instanceof DerivationParameters.Pbkdf2 pbkdf2)) {
            throw Failures.parameter(mechanism + " wants PBKDF2 parameters");
        }
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest(pbkdf2.prf()));
        generator.init(
                pbkdf2.password().sharedArray(), pbkdf2.salt().sharedArray(), pbkdf2.iterations());
        return ((KeyParameter) generator.generateDerivedMacParameters(8 * bytes)).getKey();
    }

    private static Digest digest(HashAlgorithm hash) throws TokenException {
        return switch (hash) {
            case SHA_1 -> new SHA1Digest();
            case SHA_224 -> new SHA224Digest();
            case SHA_256 -> new SHA256Digest();
            case SHA_384 -> new SHA384Digest();
            case SHA_512 -> new SHA512Digest();
            case SHA3_224, SHA3_256, SHA3_384, SHA3_512 ->
                throw Failures.parameter("PKCS #11 has no PBKDF2 with " + hash.jcaName());
        };
    }
}
