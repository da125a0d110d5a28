package org.symbolon.jca;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.crypto.interfaces.DHPublicKey;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
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
 * @param name as the JCA, or Bouncy Castle, writes it
 * @param type the mechanism
 * @param kdf the hash of the key derivation function of ANSI X9.63, which the secret goes through
 */
record AgreementAlgorithm(String name, MechanismType type, Optional<HashAlgorithm> kdf) {
    /** The schemes of SEC 1 and RFC 5753 section 7.1.4, SHA-1 first: the second half of their object identifiers. */
    private static final List<HashAlgorithm> KDF_HASHES = List.of(
            HashAlgorithm.SHA_1,
            HashAlgorithm.SHA_224,
            HashAlgorithm.SHA_256,
            HashAlgorithm.SHA_384,
            HashAlgorithm.SHA_512);

    /** Returns every key agreement of the table of mechanisms. */
    static List<AgreementAlgorithm> all() {
        List<AgreementAlgorithm> all = new ArrayList<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : row.jcaNames()) {
                if (name.startsWith("KeyAgreement:")) {
                    add(all, name.substring("KeyAgreement:".length()), row.type());
                }
            }
        }
        return all;
    }

    private static void add(List<AgreementAlgorithm> all, String name, MechanismType type) {
        all.add(new AgreementAlgorithm(name, type, Optional.empty()));
        if (name.equals("ECDH") || name.equals("ECCDH")) {
            for (HashAlgorithm hash : KDF_HASHES) {
                String withKdf = name + "with" + hash.jcaName().replace("-", "") + "KDF";
                all.add(new AgreementAlgorithm(withKdf, type, Optional.of(hash)));
            }
        }
    }

    List<String> aliases() {
        if (kdf.isPresent()) {
            boolean cofactor = name.startsWith("ECC");
            int number = KDF_HASHES.indexOf(kdf.get()) - 1;
            String identifier = number < 0
                    ? "1.3.133.16.840.63.0." + (cofactor ? 3 : 2)
                    : "1.3.132.1." + (cofactor ? 14 : 11) + "." + number;
            return List.of(identifier, "OID." + identifier);
        }
        return name.equals("DH") ? List.of("DiffieHellman", "1.2.840.113549.1.3.1") : List.of();
    }

    /** Returns whether a key is on a curve or in a group that the name means. */
    boolean takes(TokenKey key) {
        if (kdf.isPresent()) {
            return key instanceof TokenEcPrivateKey;
        }
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

    /**
     * Returns the mechanism with the other party's public key, of whatever class that is.
     *
     * @param shared what goes into the key derivation function, if there is one
     */
    Mechanism mechanism(TokenPrivateKey own, PublicKey other, Bytes shared) throws InvalidKeyException {
        try {
            Attributes attributes = PublicKeys.template(other).attributes();
            if (own instanceof TokenDhPrivateKey dh) {
                return diffieHellman(dh, other, attributes);
            }
            NamedCurve curve =
                    NamedCurve.ofEcParams(attributes.get(Attribute.EC_PARAMS)).orElseThrow();
            requireSameCurve(own, curve);
            Bytes point = Bytes.wrap(PublicKeys.rawPoint(attributes.get(Attribute.EC_POINT), curve));
            return new Mechanism(
                    type,
                    kdf.map(hash -> DerivationParameters.Ecdh.x963(hash, shared, point))
                            .orElseGet(() -> new DerivationParameters.Ecdh(point)));
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
