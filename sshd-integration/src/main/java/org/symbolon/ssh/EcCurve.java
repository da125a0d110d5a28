package org.symbolon.ssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.NamedCurve;

/** The three NIST curves of RFC 5656 section 10.1, and their points in SEC 1's uncompressed form. */
enum EcCurve {
    P256(NamedCurve.P256),
    P384(NamedCurve.P384),
    P521(NamedCurve.P521);

    private final NamedCurve curve;
    private final String sshName;
    private final String oid;
    private final ECParameterSpec parameters;

    EcCurve(NamedCurve curve) {
        this.curve = curve;
        this.sshName = curve.sshName().orElseThrow();
        this.oid = oid(curve);
        this.parameters = parameters(curve.jcaName());
    }

    String sshName() {
        return sshName;
    }

    String oid() {
        return oid;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /** The bytes of a coordinate, and of r and of s in a signature. */
    int fieldBytes() {
        return curve.fieldBytes();
    }

    static Optional<EcCurve> byOid(String oid) {
        return Arrays.stream(values()).filter(curve -> curve.oid.equals(oid)).findFirst();
    }

    static Optional<EcCurve> of(ECParameterSpec spec) {
        return Arrays.stream(values()).filter(curve -> curve.matches(spec)).findFirst();
    }

    /** 0x04, x, y (SEC 1 section 2.3.3). */
    byte[] encode(ECPoint point) {
        int size = fieldBytes();
        byte[] encoded = new byte[1 + 2 * size];
        encoded[0] = 4;
        FixedWidth.put(point.getAffineX(), encoded, 1, size);
        FixedWidth.put(point.getAffineY(), encoded, 1 + size, size);
        return encoded;
    }

    /** The point, after a check that it is uncompressed, of this curve's size and on this curve. */
    ECPoint decode(byte[] encoded, String what) throws SshFormatException {
        int size = fieldBytes();
        if (encoded.length != 1 + 2 * size || encoded[0] != 4) {
            throw new SshFormatException(what + ": the point is not an uncompressed one of " + sshName);
        }
        BigInteger x = new BigInteger(1, encoded, 1, size);
        BigInteger y = new BigInteger(1, encoded, 1 + size, size);
        BigInteger p = prime();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(rightSide(x))) {
            throw new SshFormatException(what + ": the point is not on the curve " + sshName);
        }
        return new ECPoint(x, y);
    }

    /** One of the two points with this x; the other one has p - y. All three primes are 3 mod 4, which makes roots easy. */
    ECPoint lift(BigInteger x) {
        BigInteger p = prime();
        BigInteger root = rightSide(x).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        return new ECPoint(x, root);
    }

    ECPoint negate(ECPoint point) {
        return new ECPoint(point.getAffineX(), prime().subtract(point.getAffineY()));
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    private BigInteger rightSide(BigInteger x) {
        BigInteger a = parameters.getCurve().getA();
        return x.multiply(x)
                .add(a)
                .multiply(x)
                .add(parameters.getCurve().getB())
                .mod(prime());
    }

    private boolean matches(ECParameterSpec spec) {
        return spec.getCurve().getField().equals(parameters.getCurve().getField())
                && spec.getCurve().getA().equals(parameters.getCurve().getA())
                && spec.getCurve().getB().equals(parameters.getCurve().getB())
                && spec.getGenerator().equals(parameters.getGenerator())
                && spec.getOrder().equals(parameters.getOrder());
    }

    private static String oid(NamedCurve curve) {
        try {
            return new DerReader(curve.ecParams().toByteArray(), "curve").oid("name");
        } catch (SshFormatException e) {
            throw new AssertionError("The table of curves is malformed", e);
        }
    }

    private static ECParameterSpec parameters(String jcaName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(jcaName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw new IllegalStateException("This Java has no curve " + jcaName, e);
        }
    }
}
