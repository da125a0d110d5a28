package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;

/** EME-OAEP (RFC 8017 section 7.1), for tokens that have raw RSA but not these hashes. Immutable. */
final class OaepPadding {
    /** What the JDK means by OAEPPadding without parameters. */
    static final OAEPParameterSpec DEFAULT =
            new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    private final OAEPParameterSpec spec;
    private final String mgfHash;
    private final byte[] label;

    private OaepPadding(OAEPParameterSpec spec, String mgfHash, byte[] label) {
        this.spec = spec;
        this.mgfHash = mgfHash;
        this.label = label;
    }

    static OaepPadding of(OAEPParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!spec.getMGFAlgorithm().equalsIgnoreCase("MGF1")
                || !(spec.getMGFParameters() instanceof MGF1ParameterSpec mgf1)) {
            throw new InvalidAlgorithmParameterException(
                    "the mask generation function is MGF1 with a hash, not " + spec.getMGFAlgorithm());
        }
        if (!(spec.getPSource() instanceof PSource.PSpecified label)) {
            throw new InvalidAlgorithmParameterException("the label of OAEP is given by PSource.PSpecified, not by "
                    + spec.getPSource().getAlgorithm());
        }
        OaepPadding padding = new OaepPadding(spec, mgf1.getDigestAlgorithm(), label.getValue());
        try {
            padding.digest(spec.getDigestAlgorithm());
            padding.digest(padding.mgfHash);
        } catch (GeneralSecurityException e) {
            throw new InvalidAlgorithmParameterException("no hash for OAEP: " + e.getMessage(), e);
        }
        return padding;
    }

    OAEPParameterSpec spec() {
        return spec;
    }

    /** Returns the parameters in PKCS #11's terms; empty if it has no name for a hash. */
    Optional<MechanismParameters.Oaep> parameters() {
        Optional<HashAlgorithm> mgf = HashAlgorithm.of(mgfHash);
        return HashAlgorithm.of(spec.getDigestAlgorithm())
                .flatMap(hash -> mgf.map(other -> new MechanismParameters.Oaep(hash, other, Bytes.of(label))));
    }

    /** Returns the length of the hash, in bytes. */
    int hashBytes() throws GeneralSecurityException {
        return digest(spec.getDigestAlgorithm()).getDigestLength();
    }

    private MessageDigest digest(String name) throws GeneralSecurityException {
        return MessageDigest.getInstance(name);
    }

    /**
     * Returns the message of a decrypted block. Takes the same time whatever is inside, and says nothing of what is wrong.
     *
     * @param block as long as the modulus; overwritten
     */
    byte[] remove(byte[] block) throws GeneralSecurityException {
        MessageDigest hash = digest(spec.getDigestAlgorithm());
        int hashBytes = hash.getDigestLength();
        if (block.length < 2 * hashBytes + 2) {
            throw new BadPaddingException("the key is too short for OAEP with " + spec.getDigestAlgorithm());
        }
        int dataAt = 1 + hashBytes;
        MessageDigest mgf = digest(mgfHash);
        Mgf1.mask(block, 1, hashBytes, Arrays.copyOfRange(block, dataAt, block.length), mgf);
        Mgf1.mask(block, dataAt, block.length - dataAt, Arrays.copyOfRange(block, 1, dataAt), mgf);
        byte[] labelHash = hash.digest(label);
        int wrong = block[0];
        for (int i = 0; i < hashBytes; i++) {
            wrong |= block[dataAt + i] ^ labelHash[i];
        }
        int messageAt = messageAt(block, dataAt + hashBytes);
        boolean good = (wrong & 0xFF) == 0 && messageAt > 0;
        byte[] message = good ? Arrays.copyOfRange(block, messageAt, block.length) : new byte[0];
        Arrays.fill(block, (byte) 0);
        if (!good) {
            throw new BadPaddingException("Decryption error");
        }
        return message;
    }

    /** Returns where the message begins behind the zeros and the one, or 0; without branching on the bytes. */
    private static int messageAt(byte[] block, int from) {
        int found = 0;
        int bad = 0;
        int at = 0;
        for (int i = from; i < block.length; i++) {
            int value = block[i] & 0xFF;
            int isOne = ((value ^ 1) - 1) >>> 31;
            int isZero = (value - 1) >>> 31;
            int first = isOne & ~found & 1;
            at |= -first & (i + 1);
            bad |= (1 ^ isOne) & (1 ^ isZero) & (1 ^ found);
            found |= isOne;
        }
        return at & -(found & (1 ^ bad));
    }
}
