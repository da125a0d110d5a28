package org.symbolon.soft.engine;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/** Public points of curves: made of a private value, or checked when somebody gives one. */
final class CurvePoints {
    private static final int MAX_SHORT_LENGTH = 127;

    private CurvePoints() {}

    /** Returns the public point of a private value, uncompressed. */
    static byte[] ofPrivate(NamedCurve curve, byte[] value) throws TokenException {
        if (curve.keyType().equals(KeyType.EC)) {
            return weierstrass(curve, new BigInteger(1, value));
        }
        if (value.length != curve.fieldBytes()) {
            throw Failures.value("CKA_VALUE of a key on " + curve.displayName() + " has " + curve.fieldBytes()
                    + " bytes, not " + value.length);
        }
        return switch (curve) {
            case ED25519 ->
                new Ed25519PrivateKeyParameters(value).generatePublicKey().getEncoded();
            case ED448 ->
                new Ed448PrivateKeyParameters(value).generatePublicKey().getEncoded();
            case X25519 ->
                new X25519PrivateKeyParameters(value).generatePublicKey().getEncoded();
            case X448 -> new X448PrivateKeyParameters(value).generatePublicKey().getEncoded();
            default -> throw new AssertionError(curve + " is of another kind");
        };
    }

    private static byte[] weierstrass(NamedCurve curve, BigInteger value) throws TokenException {
        X9ECParameters parameters = parameters(curve);
        if (value.signum() == 0 || value.compareTo(parameters.getN()) >= 0) {
            throw Failures.value("CKA_VALUE is from 1 to the order of the curve");
        }
        return new FixedPointCombMultiplier()
                .multiply(parameters.getG(), value)
                .normalize()
                .getEncoded(false);
    }

    /**
     * Returns the point of a CKA_EC_POINT value or of the like, uncompressed.
     *
     * @throws IllegalArgumentException if it is none of the curve
     */
    static byte[] checked(NamedCurve curve, Bytes given) {
        byte[] point = PublicKeys.rawPoint(given, curve);
        if (curve.keyType().equals(KeyType.EC)) {
            parameters(curve).getCurve().decodePoint(point);
        }
        return point;
    }

    /** Returns a curve, with arithmetic of its own where Bouncy Castle has it: ten times as fast as that for all primes. */
    static X9ECParameters parameters(NamedCurve curve) {
        X9ECParameters fast = CustomNamedCurves.getByName(curve.jcaName());
        return fast != null ? fast : ECNamedCurveTable.getByName(curve.jcaName());
    }

    /** Returns a point as CKA_EC_POINT has it. */
    static Bytes octetString(byte[] point) {
        boolean longForm = point.length > MAX_SHORT_LENGTH;
        byte[] der = new byte[point.length + (longForm ? 3 : 2)];
        der[0] = 4;
        if (longForm) {
            der[1] = (byte) 0x81;
        }
        der[der.length - point.length - 1] = (byte) point.length;
        System.arraycopy(point, 0, der, der.length - point.length, point.length);
        return Bytes.wrap(der);
    }
}
