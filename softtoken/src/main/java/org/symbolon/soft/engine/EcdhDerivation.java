package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.bouncycastle.crypto.RawAgreement;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.agreement.X448Agreement;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PublicKeyParameters;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/**
 * CKM_ECDH1_DERIVE on short Weierstrass and Montgomery curves, with CKD_NULL and the functions of ANSI X9.63; with the
 * cofactor too, which is 1 on every Weierstrass curve here.
 */
final class EcdhDerivation implements KeyDerivation {
    private final boolean montgomery;

    EcdhDerivation(boolean montgomery) {
        this.montgomery = montgomery;
    }

    @Override
    public MechanismInfo info() {
        return Derivations.info(KeySizes.MIN_EC_BITS, KeySizes.MAX_EC_BITS);
    }

    @Override
    public byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof DerivationParameters.Ecdh ecdh)) {
            throw Failures.parameter(mechanism + " wants ECDH parameters");
        }
        boolean plain = ecdh.kdf() == DerivationParameters.CKD_NULL;
        if (plain && !ecdh.sharedData().isEmpty()) {
            throw Failures.parameter("CKD_NULL takes no shared data");
        }
        if (!plain && ecdh.hash().isEmpty()) {
            throw Failures.parameter("this token has no key derivation function " + ecdh.kdf());
        }
        NamedCurve curve = KeyEncoding.curve(base.attributes());
        byte[] secret = curve.keyType().equals(KeyType.EC)
                ? weierstrass(base, curve, ecdh.publicData())
                : montgomery(base, curve, ecdh.publicData());
        if (plain) {
            return Derivations.trailing(secret, bytes);
        }
        try {
            return x963(secret, ecdh.hash().orElseThrow(), ecdh.sharedData(), Derivations.required(bytes));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] weierstrass(LoadedKey base, NamedCurve curve, Bytes publicData)
            throws GeneralSecurityException {
        Provider provider = Engines.onCurve(curve, "KeyAgreement", "ECDH");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(base.key(provider));
        try {
            agreement.doPhase(KeyEncoding.publicKey(publicKey(curve, publicData), provider), true);
            return agreement.generateSecret();
        } catch (InvalidKeyException | IllegalArgumentException | IllegalStateException e) {
            throw notOnCurve(curve, e);
        }
    }

    private static Attributes publicKey(NamedCurve curve, Bytes publicData) {
        Attributes key = Attributes.builder()
                .set(Attribute.KEY_TYPE, KeyType.EC)
                .set(Attribute.EC_PARAMS, curve.ecParams())
                .set(Attribute.EC_POINT, CurvePoints.octetString(CurvePoints.checked(curve, publicData)))
                .build();
        return key.with(
                Attribute.PUBLIC_KEY_INFO, PublicKeys.subjectPublicKeyInfo(key).orElseThrow());
    }

    private byte[] montgomery(LoadedKey base, NamedCurve curve, Bytes publicData) throws TokenException {
        if (!montgomery) {
            throw Failures.operation("CKR_KEY_TYPE_INCONSISTENT", "the cofactor mechanism is for CKK_EC keys");
        }
        byte[] value = base.attributes().get(Attribute.VALUE).sharedArray();
        try {
            byte[] point = CurvePoints.checked(curve, publicData);
            RawAgreement agreement;
            if (curve == NamedCurve.X25519) {
                agreement = new X25519Agreement();
                agreement.init(new X25519PrivateKeyParameters(value));
                return agree(agreement, new X25519PublicKeyParameters(point));
            }
            agreement = new X448Agreement();
            agreement.init(new X448PrivateKeyParameters(value));
            return agree(agreement, new X448PublicKeyParameters(point));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw notOnCurve(curve, e);
        }
    }

    private static byte[] agree(RawAgreement agreement, org.bouncycastle.crypto.CipherParameters publicKey) {
        byte[] secret = new byte[agreement.getAgreementSize()];
        agreement.calculateAgreement(publicKey, secret, 0);
        return secret;
    }

    private static TokenException notOnCurve(NamedCurve curve, Exception e) {
        return Failures.parameter("the other party's point is none of " + curve.displayName() + ": " + e.getMessage());
    }

    /** Returns the key derivation function of ANSI X9.63 and SEC 1 section 3.6.1. */
    private static byte[] x963(byte[] secret, HashAlgorithm hash, Bytes sharedData, int bytes)
            throws GeneralSecurityException {
        MessageDigest digest =
                MessageDigest.getInstance(hash.jcaName(), Engines.NATIVE_JDK_BC.get("MessageDigest", hash.jcaName()));
        byte[] key = new byte[bytes];
        int done = 0;
        for (int counter = 1; done < bytes; counter++) {
            digest.update(secret);
            digest.update(Counters.bigEndian(counter, 4));
            byte[] block = digest.digest(sharedData.sharedArray());
            int part = Math.min(block.length, bytes - done);
            System.arraycopy(block, 0, key, done, part);
            done += part;
        }
        return key;
    }
}
