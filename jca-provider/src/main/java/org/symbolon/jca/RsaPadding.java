package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;

/**
 * How an RSA cipher pads: not, by PKCS #1 v1.5, or by OAEP.
 *
 * @param name as the JCA writes it
 * @param type the mechanism
 * @param oaep the parameters of OAEP, otherwise empty
 */
record RsaPadding(String name, MechanismType type, Optional<OaepPadding> oaep) {
    private static final String OAEP_WITH = "OAEPWITH";
    private static final String AND_MGF1 = "ANDMGF1PADDING";

    static RsaPadding pkcs1() {
        return new RsaPadding("PKCS1Padding", Mechanism.RSA_PKCS.type(), Optional.empty());
    }

    static RsaPadding named(String name) throws NoSuchPaddingException {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("NOPADDING")) {
            return new RsaPadding(name, Mechanism.RSA_X_509.type(), Optional.empty());
        } else if (upper.equals("PKCS1PADDING")) {
            return pkcs1();
        } else if (upper.equals("OAEPPADDING")) {
            return oaep(name, OaepPadding.DEFAULT);
        } else if (upper.startsWith(OAEP_WITH) && upper.endsWith(AND_MGF1)) {
            String hash = upper.substring(OAEP_WITH.length(), upper.length() - AND_MGF1.length());
            // The JDK keeps SHA-1 in the mask whatever hash the name says; others must do so or not understand it.
            return oaep(
                    name,
                    new OAEPParameterSpec(
                            hash.equals("SHA1") ? "SHA-1" : hash,
                            "MGF1",
                            MGF1ParameterSpec.SHA1,
                            PSource.PSpecified.DEFAULT));
        }
        throw new NoSuchPaddingException("RSA has no padding " + name);
    }

    private static RsaPadding oaep(String name, OAEPParameterSpec spec) throws NoSuchPaddingException {
        try {
            return new RsaPadding(name, Mechanism.RSA_PKCS_OAEP.type(), Optional.of(OaepPadding.of(spec)));
        } catch (InvalidAlgorithmParameterException e) {
            NoSuchPaddingException failure = new NoSuchPaddingException("no padding " + name + ": " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /** Returns the transformation for other providers. */
    String transformation() {
        return "RSA/ECB/" + name;
    }

    /** Returns the parameters of OAEP; empty for the other paddings. */
    Optional<OAEPParameterSpec> spec() {
        return oaep.map(OaepPadding::spec);
    }

    /** Returns the padding with these parameters, or as it is with none. */
    RsaPadding with(@Nullable AlgorithmParameterSpec given) throws InvalidAlgorithmParameterException {
        if (given == null) {
            return this;
        }
        if (oaep.isEmpty() || !(given instanceof OAEPParameterSpec wanted)) {
            throw new InvalidAlgorithmParameterException("RSA with " + name + " takes "
                    + (oaep.isEmpty() ? "no parameters" : "an OAEPParameterSpec") + ", not "
                    + given.getClass().getName());
        }
        boolean hashNamed = !name.equalsIgnoreCase("OAEPPadding");
        String hash = oaep.get().spec().getDigestAlgorithm();
        if (hashNamed && !hash.equalsIgnoreCase(wanted.getDigestAlgorithm())) {
            throw new InvalidAlgorithmParameterException(
                    "the name says " + hash + ", the parameters " + wanted.getDigestAlgorithm());
        }
        return new RsaPadding(name, type, Optional.of(OaepPadding.of(wanted)));
    }

    /** Returns the parameters that are encoded. */
    OAEPParameterSpec spec(AlgorithmParameters encoded) throws InvalidAlgorithmParameterException {
        try {
            return encoded.getParameterSpec(OAEPParameterSpec.class);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException(
                    "RSA takes parameters of OAEP, not of " + encoded.getAlgorithm(), e);
        }
    }

    /** Returns the mechanism for a token that is to do all of it. */
    Mechanism mechanism(TokenKey key) throws InvalidKeyException {
        if (oaep.isEmpty()) {
            return Mechanism.of(type);
        }
        return oaep.get()
                .parameters()
                .map(parameters -> new Mechanism(type, parameters))
                .orElseThrow(() -> new InvalidKeyException(key + ": PKCS #11 has no name for OAEP with "
                        + spec().get().getDigestAlgorithm()));
    }
}
