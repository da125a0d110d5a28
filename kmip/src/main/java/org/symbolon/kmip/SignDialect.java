package org.symbolon.kmip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.MaskGenerator;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * A way to ask for a signature. The standard leaves open which of the Cryptographic Parameters a server wants, and servers differ.
 *
 * @param parameters which parameters are sent
 * @param digested whether the digest is sent, and not the message (KMIP 1.4)
 * @param saltTold whether PSS is told the length of its salt and its mask generator (KMIP 1.4); some servers read no message that has them
 */
record SignDialect(Parameters parameters, boolean digested, boolean saltTold) {
    /** Which Cryptographic Parameters are sent, in the order in which they are tried. */
    enum Parameters {
        HASH_AND_ALGORITHM,
        HASH_AND_EC,
        SIGNATURE_ALGORITHM,
        EVERYTHING,
        OF_THE_KEY
    }

    /** {@return the dialects that a scheme can be asked for in, in the order in which they are tried} */
    static List<SignDialect> of(SignatureScheme scheme, KmipVersion version) {
        List<SignDialect> dialects = new ArrayList<>();
        boolean isPss = scheme.kind() == SignatureScheme.Kind.PSS;
        if (!isPss || version.isAtLeast(KmipVersion.V1_4)) {
            add(dialects, scheme, version, isPss);
        }
        if (isPss) {
            add(dialects, scheme, version, false);
        }
        return dialects;
    }

    private static void add(List<SignDialect> dialects, SignatureScheme scheme, KmipVersion version, boolean saltTold) {
        for (boolean digested : new boolean[] {false, true}) {
            boolean possible = digested
                    ? scheme.kind() != SignatureScheme.Kind.EDDSA && version.isAtLeast(KmipVersion.V1_4)
                    : scheme.takesMessage();
            for (Parameters parameters : possible ? Parameters.values() : new Parameters[0]) {
                SignDialect dialect = new SignDialect(parameters, digested, saltTold);
                if (dialect.isPossible(scheme, version)) {
                    dialects.add(dialect);
                }
            }
        }
    }

    private boolean isPossible(SignatureScheme scheme, KmipVersion version) {
        boolean knowsEdwards = version.isAtLeast(KmipVersion.V2_0);
        return switch (parameters) {
            case HASH_AND_ALGORITHM -> scheme.kind() != SignatureScheme.Kind.EDDSA || knowsEdwards;
            case HASH_AND_EC ->
                scheme.kind() == SignatureScheme.Kind.ECDSA || scheme.kind() == SignatureScheme.Kind.EDDSA;
            case SIGNATURE_ALGORITHM, EVERYTHING -> signatureAlgorithm(scheme) != null;
            case OF_THE_KEY -> true;
        };
    }

    /** {@return whether the server decides what is signed: then only the signature itself tells whether it is what was asked} */
    boolean leavesTheChoice(SignatureScheme scheme) {
        return parameters == Parameters.OF_THE_KEY || (scheme.kind() == SignatureScheme.Kind.PSS && !saltTold);
    }

    /** {@return the parameters of a scheme in this dialect; null for none} */
    @Nullable CryptographicParameters of(SignatureScheme scheme, String edwardsAlgorithm) {
        return switch (parameters) {
            case HASH_AND_ALGORITHM -> make(scheme, true, null, algorithm(scheme, edwardsAlgorithm));
            case HASH_AND_EC -> make(scheme, true, null, CryptographicAlgorithm.EC);
            case SIGNATURE_ALGORITHM ->
                make(
                        scheme,
                        scheme.kind() == SignatureScheme.Kind.PSS, // RSASSA-PSS names no hash
                        signatureAlgorithm(scheme),
                        null);
            case EVERYTHING -> make(scheme, true, signatureAlgorithm(scheme), algorithm(scheme, edwardsAlgorithm));
            case OF_THE_KEY -> null;
        };
    }

    private static CryptographicAlgorithm algorithm(SignatureScheme scheme, String edwardsAlgorithm) {
        return switch (scheme.kind()) {
            case PKCS1, PSS -> CryptographicAlgorithm.RSA;
            case ECDSA -> CryptographicAlgorithm.ECDSA;
            case EDDSA -> CryptographicAlgorithm.named(edwardsAlgorithm);
        };
    }

    private static @Nullable DigitalSignatureAlgorithm signatureAlgorithm(SignatureScheme scheme) {
        HashAlgorithm hash = scheme.hash();
        if (hash == null) {
            return null;
        }
        String name = switch (scheme.kind()) {
            case PKCS1 -> hash.name() + "WithRSAEncryption";
            case PSS -> DigitalSignatureAlgorithm.RSASSA_PSS.xmlName();
            case ECDSA ->
                "ECDSAWith"
                        + (hash == HashAlgorithm.SHA_1 ? "SHA_1" : hash.name().replace("_", ""));
            case EDDSA -> "";
        };
        boolean known =
                DigitalSignatureAlgorithm.RSASSA_PSS.table().number(name).isPresent();
        return known ? DigitalSignatureAlgorithm.named(name) : null;
    }

    private CryptographicParameters make(
            SignatureScheme scheme,
            boolean withHash,
            @Nullable DigitalSignatureAlgorithm signatureAlgorithm,
            @Nullable CryptographicAlgorithm algorithm) {
        PaddingMethod padding = switch (scheme.kind()) {
            case PKCS1 -> PaddingMethod.PKCS1_V1_5;
            case PSS -> PaddingMethod.PSS;
            case ECDSA, EDDSA -> null;
        };
        MechanismParameters.Pss pss = saltTold ? scheme.pss() : null;
        return CryptographicParameters.builder()
                .paddingMethod(padding)
                .hashingAlgorithm(withHash ? hashing(scheme.hash()) : null)
                .digitalSignatureAlgorithm(signatureAlgorithm)
                .cryptographicAlgorithm(algorithm)
                .saltLength(pss == null ? null : (Integer) pss.saltBytes())
                .maskGenerator(pss == null ? null : MaskGenerator.MGF1)
                .maskGeneratorHashingAlgorithm(pss == null ? null : hashing(pss.mgfHash()))
                .build();
    }

    private static @Nullable HashingAlgorithm hashing(@Nullable HashAlgorithm hash) {
        return hash == null ? null : HashingAlgorithm.named(hash.name());
    }
}
