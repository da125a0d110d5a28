package org.symbolon.remote.rpc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.MechanismParameters;

/**
 * The parameters of mechanisms that p11-kit does not type and whose native structures hold pointers, as two ends of ours write
 * them: a number that says which structure it is, and its fields in their order ({@link Capability#TYPED}).
 */
public final class TypedParameters {
    private static final int OAEP = 1;
    private static final int RSA_AES_KEY_WRAP = 2;
    private static final int GCM = 3;
    private static final int CCM = 4;
    private static final int POLY1305 = 5;
    private static final int SIGN_CONTEXT = 6;
    private static final int EDDSA = 7;
    private static final int ECDH = 8;
    private static final int HKDF = 9;
    private static final int STRING_DATA = 10;
    private static final int PSS = 11;
    private static final int IV = 12;
    private static final int COUNTER = 13;
    private static final int MAC_LENGTH = 14;
    private static final int PUBLIC_VALUE = 15;
    private static final int BIT_POSITION = 16;
    private static final long NO_HASH = -1;
    /** In the order of the CKH_ numbers. */
    private static final List<MechanismParameters.Hedge> HEDGES = List.of(
            MechanismParameters.Hedge.PREFERRED,
            MechanismParameters.Hedge.REQUIRED,
            MechanismParameters.Hedge.DETERMINISTIC_REQUIRED);

    private TypedParameters() {}

    /**
     * Writes parameters.
     *
     * @param parameters the parameters
     * @return their bytes, or empty if they have no form here
     */
    public static Optional<Bytes> write(MechanismParameters parameters) {
        WireOutput out = new WireOutput();
        return isPlain(parameters) || !write(out, parameters)
                ? Optional.empty()
                : Optional.of(Bytes.wrap(out.finish()));
    }

    /**
     * Tells whether parameters have a form here.
     *
     * @param parameters the parameters
     * @return whether {@link #write(FieldOutput, MechanismParameters)} writes them
     */
    public static boolean isWritable(MechanismParameters parameters) {
        return write(new WireOutput(), parameters);
    }

    /** Whether p11-kit or the memory of its peers has a form for parameters: those are written so there. */
    private static boolean isPlain(MechanismParameters parameters) {
        return parameters instanceof MechanismParameters.Pss
                || parameters instanceof MechanismParameters.Iv
                || parameters instanceof MechanismParameters.Counter
                || parameters instanceof MechanismParameters.MacLength
                || parameters instanceof DerivationParameters.PublicValue
                || parameters instanceof DerivationParameters.BitPosition;
    }

    /**
     * Writes the number of the structure and its fields.
     *
     * @param out where they go
     * @param parameters the parameters
     * @return false if they have no form here; then nothing was written
     */
    public static boolean write(FieldOutput out, MechanismParameters parameters) {
        if (parameters instanceof MechanismParameters.Oaep oaep) {
            out.octet(OAEP);
            oaep(out, oaep);
        } else if (parameters instanceof MechanismParameters.RsaAesKeyWrap wrap) {
            out.octet(RSA_AES_KEY_WRAP);
            out.uint64(wrap.aesKeyBits());
            oaep(out, wrap.oaep());
        } else if (parameters instanceof MechanismParameters.Gcm gcm) {
            out.octet(GCM);
            bytes(out, gcm.iv());
            bytes(out, gcm.additionalData());
            out.uint64(gcm.tagBits());
        } else if (parameters instanceof MechanismParameters.Ccm ccm) {
            out.octet(CCM);
            out.uint64(ccm.dataBytes());
            bytes(out, ccm.nonce());
            bytes(out, ccm.additionalData());
            out.uint64(ccm.macBytes());
        } else if (parameters instanceof MechanismParameters.Poly1305 poly) {
            out.octet(POLY1305);
            bytes(out, poly.nonce());
            bytes(out, poly.additionalData());
        } else if (parameters instanceof MechanismParameters.SignContext sign) {
            out.octet(SIGN_CONTEXT);
            out.octet(HEDGES.indexOf(sign.hedge()));
            bytes(out, sign.context());
            out.uint64(sign.hash().map(TypedParameters::number).orElse(NO_HASH));
        } else if (parameters instanceof MechanismParameters.EdDsa edDsa) {
            out.octet(EDDSA);
            out.octet(edDsa.prehash() ? 1 : 0);
            bytes(out, edDsa.context());
        } else if (parameters instanceof MechanismParameters.Pss pss) {
            out.octet(PSS);
            out.uint64(number(pss.hash()));
            out.uint64(number(pss.mgfHash()));
            out.uint64(pss.saltBytes());
        } else if (parameters instanceof MechanismParameters.Iv iv) {
            out.octet(IV);
            bytes(out, iv.iv());
        } else if (parameters instanceof MechanismParameters.Counter counter) {
            out.octet(COUNTER);
            bytes(out, counter.counterBlock());
            out.uint64(counter.counterBits());
        } else if (parameters instanceof MechanismParameters.MacLength length) {
            out.octet(MAC_LENGTH);
            out.uint64(length.bytes());
        } else {
            return parameters instanceof DerivationParameters derivation && write(out, derivation);
        }
        return true;
    }

    private static boolean write(FieldOutput out, DerivationParameters parameters) {
        if (parameters instanceof DerivationParameters.Ecdh ecdh) {
            out.octet(ECDH);
            out.uint64(ecdh.kdf());
            bytes(out, ecdh.sharedData());
            bytes(out, ecdh.publicData());
        } else if (parameters instanceof DerivationParameters.Hkdf hkdf
                && hkdf.saltKey().isEmpty()) {
            out.octet(HKDF);
            out.octet(hkdf.extract() ? 1 : 0);
            out.octet(hkdf.expand() ? 1 : 0);
            out.uint64(number(hkdf.hash()));
            bytes(out, hkdf.salt());
            bytes(out, hkdf.info());
        } else if (parameters instanceof DerivationParameters.StringData string) {
            out.octet(STRING_DATA);
            bytes(out, string.data());
        } else if (parameters instanceof DerivationParameters.PublicValue value) {
            out.octet(PUBLIC_VALUE);
            bytes(out, value.value());
        } else if (parameters instanceof DerivationParameters.BitPosition position) {
            out.octet(BIT_POSITION);
            out.uint64(position.bit());
        } else {
            return false;
        }
        return true;
    }

    private static void oaep(FieldOutput out, MechanismParameters.Oaep oaep) {
        out.uint64(number(oaep.hash()));
        out.uint64(number(oaep.mgfHash()));
        bytes(out, oaep.label());
    }

    private static void bytes(FieldOutput out, Bytes bytes) {
        out.byteArray(bytes.sharedArray());
    }

    private static long number(HashAlgorithm hash) {
        return hash.mechanism().code();
    }

    /**
     * Reads parameters.
     *
     * @param content what {@link #write} made, or a peer that pretends to have
     * @return the parameters
     * @throws MalformedMessageException if it is no such thing, to its last byte, or no values that the structure can have
     */
    public static MechanismParameters read(Bytes content) throws MalformedMessageException {
        WireInput in = new WireInput(content.sharedArray());
        MechanismParameters parameters;
        try {
            parameters = read((FieldInput) in);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessageException("the parameter of a mechanism cannot be: " + e.getMessage());
        }
        if (in.remaining() > 0) {
            throw new MalformedMessageException(in.remaining() + " bytes follow the parameter of a mechanism");
        }
        return parameters;
    }

    /**
     * Reads the number of a structure and its fields.
     *
     * @param in where they come from
     * @return the parameters
     * @throws MalformedMessageException if there is no such structure
     * @throws IllegalArgumentException if the structure cannot have these values
     * @throws ArithmeticException if a number is too large
     */
    public static MechanismParameters read(FieldInput in) throws MalformedMessageException {
        int structure = in.octet();
        return switch (structure) {
            case OAEP -> oaep(in);
            case RSA_AES_KEY_WRAP -> new MechanismParameters.RsaAesKeyWrap(Math.toIntExact(in.uint64()), oaep(in));
            case GCM ->
                new MechanismParameters.Gcm(in.presentByteArray(), in.presentByteArray(), Math.toIntExact(in.uint64()));
            case CCM ->
                new MechanismParameters.Ccm(
                        in.uint64(), in.presentByteArray(), in.presentByteArray(), Math.toIntExact(in.uint64()));
            case POLY1305 -> new MechanismParameters.Poly1305(in.presentByteArray(), in.presentByteArray());
            case SIGN_CONTEXT -> new MechanismParameters.SignContext(hedge(in), in.presentByteArray(), hashIfAny(in));
            case EDDSA -> new MechanismParameters.EdDsa(in.octet() != 0, in.presentByteArray());
            case ECDH -> new DerivationParameters.Ecdh(in.uint64(), in.presentByteArray(), in.presentByteArray());
            case HKDF ->
                new DerivationParameters.Hkdf(
                        in.octet() != 0,
                        in.octet() != 0,
                        hash(in.uint64()),
                        in.presentByteArray(),
                        Optional.empty(),
                        in.presentByteArray());
            case STRING_DATA -> new DerivationParameters.StringData(in.presentByteArray());
            case PSS -> new MechanismParameters.Pss(hash(in.uint64()), hash(in.uint64()), Math.toIntExact(in.uint64()));
            case IV -> new MechanismParameters.Iv(in.presentByteArray());
            case COUNTER -> new MechanismParameters.Counter(in.presentByteArray(), Math.toIntExact(in.uint64()));
            case MAC_LENGTH -> new MechanismParameters.MacLength(Math.toIntExact(in.uint64()));
            case PUBLIC_VALUE -> new DerivationParameters.PublicValue(in.presentByteArray());
            case BIT_POSITION -> new DerivationParameters.BitPosition(Math.toIntExact(in.uint64()));
            default -> throw new MalformedMessageException("no parameter of mechanisms has the number " + structure);
        };
    }

    private static MechanismParameters.Oaep oaep(FieldInput in) throws MalformedMessageException {
        return new MechanismParameters.Oaep(hash(in.uint64()), hash(in.uint64()), in.presentByteArray());
    }

    private static MechanismParameters.Hedge hedge(FieldInput in) throws MalformedMessageException {
        int number = in.octet();
        if (number >= HEDGES.size()) {
            throw new MalformedMessageException("there is no CKH_ number " + number);
        }
        return HEDGES.get(number);
    }

    private static Optional<HashAlgorithm> hashIfAny(FieldInput in) throws MalformedMessageException {
        long number = in.uint64();
        return number == NO_HASH ? Optional.empty() : Optional.of(hash(number));
    }

    private static HashAlgorithm hash(long number) throws MalformedMessageException {
        return Arrays.stream(HashAlgorithm.values())
                .filter(hash -> number(hash) == number)
                .findFirst()
                .orElseThrow(
                        () -> new MalformedMessageException("no hash has the number 0x" + Long.toHexString(number)));
    }
}
