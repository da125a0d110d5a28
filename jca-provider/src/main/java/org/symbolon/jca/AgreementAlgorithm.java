package org.symbolon.jca;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import javax.crypto.interfaces.DHPublicKey;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenDhPrivateKey;
import org.symbolon.key.TokenEcPrivateKey;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenXecPrivateKey;

/**
 * A key agreement.
 *
 * @param name as the JCA writes it
 * @param type the mechanism
 */
record AgreementAlgorithm(String name, MechanismType type) {
    /** Returns every key agreement of the table of mechanisms. */
    static List<AgreementAlgorithm> all() {
        List<AgreementAlgorithm> all = new ArrayList<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : row.jcaNames()) {
                if (name.startsWith("KeyAgreement:")) {
                    all.add(new AgreementAlgorithm(name.substring("KeyAgreement:".length()), row.type()));
                }
            }
        }
        return all;
    }

    List<String> aliases() {
        return name.equals("DH") ? List.of("DiffieHellman", "1.2.840.113549.1.3.1") : List.of();
    }

    /** Returns whether a key is on a curve or in a group that the name means. */
    boolean takes(TokenKey key) {
        return switch (name) {
            case "ECDH", "ECCDH" -> key instanceof TokenEcPrivateKey;
            case "DH" -> key instanceof TokenDhPrivateKey;
            case "XDH" -> key instanceof TokenXecPrivateKey;
            default ->
                key instanceof TokenXecPrivateKey xec && curve(xec).jcaName().equals(name);
        };
    }

    private static NamedCurve curve(TokenXecPrivateKey key) {
        return NamedCurve.of(((NamedParameterSpec) key.getParams()).getName()).orElseThrow();
    }

    /** Returns the length of the secret, in bytes. */
    int secretBytes(TokenKey key) {
        if (key instanceof TokenEcPrivateKey ec) {
            return (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        } else if (key instanceof TokenDhPrivateKey dh) {
            return (dh.getParams().getP().bitLength() + 7) / 8;
        }
        return curve((TokenXecPrivateKey) key).fieldBytes();
    }

    /** Returns the mechanism with the other party's public key, of whatever class that is. */
    Mechanism mechanism(TokenPrivateKey own, PublicKey other) throws InvalidKeyException {
        try {
            Attributes attributes = PublicKeys.template(other).attributes();
            if (own instanceof TokenDhPrivateKey dh) {
                return diffieHellman(dh, other, attributes);
            }
            NamedCurve curve =
                    NamedCurve.ofEcParams(attributes.get(Attribute.EC_PARAMS)).orElseThrow();
            requireSameCurve(own, curve);
            byte[] point = PublicKeys.rawPoint(attributes.get(Attribute.EC_POINT), curve);
            return new Mechanism(type, new DerivationParameters.Ecdh(Bytes.wrap(point)));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new InvalidKeyException(
                    "the other party's " + other.getAlgorithm() + " key does not go with " + own + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void requireSameCurve(TokenPrivateKey own, NamedCurve other) {
        Bytes mine = PublicKeys.template(own.publicKey()).attributes().get(Attribute.EC_PARAMS);
        if (!mine.equals(other.ecParams())) {
            throw new IllegalArgumentException("that is on " + other.displayName());
        }
    }

    private Mechanism diffieHellman(TokenDhPrivateKey own, PublicKey other, Attributes attributes)
            throws InvalidKeyException {
        BigInteger prime = own.getParams().getP();
        boolean sameGroup = other instanceof DHPublicKey dh
                && dh.getParams().getP().equals(prime)
                && dh.getParams().getG().equals(own.getParams().getG());
        if (!sameGroup) {
            throw new InvalidKeyException("the other party's key is of another group than " + own);
        }
        return new Mechanism(type, new DerivationParameters.PublicValue(attributes.get(Attribute.VALUE)));
    }
}
