package org.symbolon.kmip.server;

import java.util.Map;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyDer;

/**
 * An algorithm that signs certificates and their requests.
 *
 * @param identifier its AlgorithmIdentifier in DER
 * @param mechanism the token's mechanism
 */
record CertificateSigning(Bytes identifier, Mechanism mechanism) {
    private static final String RSA = "300d06092a864886f70d0101%s0500";
    private static final String ECDSA = "300a06082a8648ce3d0403%s";
    private static final Map<String, String> MECHANISMS = Map.ofEntries(
            Map.entry(String.format(RSA, "05"), "CKM_SHA1_RSA_PKCS"),
            Map.entry(String.format(RSA, "0b"), "CKM_SHA256_RSA_PKCS"),
            Map.entry(String.format(RSA, "0c"), "CKM_SHA384_RSA_PKCS"),
            Map.entry(String.format(RSA, "0d"), "CKM_SHA512_RSA_PKCS"),
            Map.entry("300906072a8648ce3d0401", "CKM_ECDSA_SHA1"),
            Map.entry(String.format(ECDSA, "02"), "CKM_ECDSA_SHA256"),
            Map.entry(String.format(ECDSA, "03"), "CKM_ECDSA_SHA384"),
            Map.entry(String.format(ECDSA, "04"), "CKM_ECDSA_SHA512"),
            Map.entry("300506032b6570", "CKM_EDDSA"),
            Map.entry("300506032b6571", "CKM_EDDSA"));

    /** Returns the algorithm of an AlgorithmIdentifier. */
    static Optional<CertificateSigning> of(Bytes der) {
        return Optional.ofNullable(MECHANISMS.get(der.toHex()))
                .map(name -> new CertificateSigning(der, mechanism(name)));
    }

    private static Mechanism mechanism(String name) {
        return Mechanism.of(MechanismType.named(name));
    }

    /** Returns the algorithm with which a key signs. */
    static CertificateSigning with(KeyObject key) throws KmipFailure {
        KeyType type = key.attributes().get(Attribute.KEY_TYPE);
        String identifier = "";
        if (type.equals(KeyType.RSA)) {
            identifier = String.format(RSA, "0b");
        } else if (type.equals(KeyType.EC)) {
            int bytes = key.attributes()
                    .find(Attribute.EC_PARAMS)
                    .flatMap(NamedCurve::ofEcParams)
                    .map(NamedCurve::fieldBytes)
                    .orElse(0);
            identifier = String.format(ECDSA, bytes <= 32 ? "02" : bytes <= 48 ? "03" : "04");
        } else if (type.equals(KeyType.EC_EDWARDS)) {
            Bytes curve = key.attributes().find(Attribute.EC_PARAMS).orElse(NamedCurve.ED25519.ecParams());
            identifier = Bytes.wrap(KeyDer.sequence(curve.toByteArray())).toHex();
        }
        String mechanism = MECHANISMS.get(identifier);
        if (mechanism == null) {
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "the authority's key is of type " + type.name() + ", which does not sign");
        }
        return new CertificateSigning(Bytes.ofHex(identifier), mechanism(mechanism));
    }
}
