package org.symbolon.soft.foreign;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.pkcs.SecretBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.util.DigestFactory;
import org.symbolon.Pin;

/** A PKCS #12 file (RFC 7292): its keys and certificates, with their names. */
final class Pkcs12File {
    private static final int MAX_DEPTH = 4;

    private final Pin passphrase;
    private final KeyFileContent content;
    private final DerivationBudget budget;

    private Pkcs12File(Pin passphrase, KeyFileContent content, DerivationBudget budget) {
        this.passphrase = passphrase;
        this.content = content;
        this.budget = budget;
    }

    static void read(Pfx file, Pin passphrase, KeyFileContent content, DerivationBudget budget) throws IOException {
        ContentInfo safe = file.getAuthSafe();
        if (!safe.getContentType().equals(PKCSObjectIdentifiers.data)) {
            throw ForeignFormatException.malformed(
                    "the PKCS #12 file is protected by public keys and not by a passphrase; those are not read");
        }
        byte[] authenticated = ASN1OctetString.getInstance(safe.getContent()).getOctets();
        if (file.getMacData() != null) {
            verify(file.getMacData(), authenticated, passphrase, budget);
        }
        new Pkcs12File(passphrase, content, budget).safe(authenticated);
    }

    private static void verify(MacData mac, byte[] authenticated, Pin passphrase, DerivationBudget budget)
            throws ForeignFormatException {
        AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
        byte[] expected = mac.getMac().getDigest();
        boolean modern = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1);
        byte[] actual = modern
                ? pbmac1(PBMAC1Params.getInstance(algorithm.getParameters()), authenticated, passphrase, budget)
                : classic(mac, algorithm, authenticated, passphrase, budget);
        if (!MessageDigest.isEqual(expected, actual)) {
            throw PasswordCipher.wrong();
        }
    }

    private static byte[] classic(
            MacData mac, AlgorithmIdentifier algorithm, byte[] authenticated, Pin passphrase, DerivationBudget budget)
            throws ForeignFormatException {
        Digest digest = Digests.of(algorithm.getAlgorithm());
        PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(digest);
        byte[] password = PasswordCipher.wide(passphrase);
        generator.init(password, mac.getSalt(), budget.rounds(mac.getIterationCount()));
        try {
            KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(8 * digest.getDigestSize());
            return hmac(Digests.of(algorithm.getAlgorithm()), key.getKey(), authenticated);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] pbmac1(PBMAC1Params parameters, byte[] authenticated, Pin passphrase, DerivationBudget budget)
            throws ForeignFormatException {
        Digest digest = Digests.ofHmac(parameters.getMessageAuthScheme().getAlgorithm());
        byte[] key = PasswordCipher.key(
                org.bouncycastle.asn1.pkcs.KeyDerivationFunc.getInstance(parameters.getKeyDerivationFunc()),
                passphrase,
                8 * digest.getDigestSize(),
                budget);
        return hmac(digest, key, authenticated);
    }

    private static byte[] hmac(Digest digest, byte[] key, byte[] message) {
        HMac hmac = new HMac(digest);
        hmac.init(new KeyParameter(key));
        hmac.update(message, 0, message.length);
        byte[] result = new byte[hmac.getMacSize()];
        hmac.doFinal(result, 0);
        Arrays.fill(key, (byte) 0);
        return result;
    }

    private void safe(byte[] authenticated) throws IOException {
        for (ContentInfo info : AuthenticatedSafe.getInstance(ASN1Sequence.getInstance(authenticated))
                .getContentInfo()) {
            if (info.getContentType().equals(PKCSObjectIdentifiers.data)) {
                bags(ASN1OctetString.getInstance(info.getContent()).getOctets(), 0);
            } else if (info.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
                EncryptedData data = EncryptedData.getInstance(info.getContent());
                byte[] clear = PasswordCipher.decrypt(
                        data.getEncryptionAlgorithm(), data.getContent().getOctets(), passphrase, budget);
                bags(clear, 0);
            } else {
                throw PasswordCipher.unsupported("content", info.getContentType());
            }
        }
    }

    private void bags(byte[] contents, int depth) throws IOException {
        if (depth == MAX_DEPTH) {
            throw ForeignFormatException.malformed("bags are nested deeper than " + MAX_DEPTH);
        }
        for (ASN1Encodable element : ASN1Sequence.getInstance(contents)) {
            bag(SafeBag.getInstance(element), depth);
        }
    }

    private void bag(SafeBag bag, int depth) throws IOException {
        Optional<String> name = name(bag);
        if (bag.getBagId().equals(PKCSObjectIdentifiers.keyBag)) {
            content.privateKey(bag.getBagValue().toASN1Primitive().getEncoded(), name);
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
            content.privateKey(open(bag.getBagValue()), name);
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
            CertBag certificate = CertBag.getInstance(bag.getBagValue());
            if (certificate.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
                content.certificate(
                        ASN1OctetString.getInstance(certificate.getCertValue()).getOctets(), name);
            }
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.secretBag)) {
            SecretBag secret = SecretBag.getInstance(bag.getBagValue());
            if (!secret.getSecretTypeId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
                throw PasswordCipher.unsupported("secret", secret.getSecretTypeId());
            }
            content.secretKey(
                    open(ASN1Sequence.getInstance(
                            ASN1OctetString.getInstance(secret.getSecretValue()).getOctets())),
                    name);
        } else if (bag.getBagId().equals(PKCSObjectIdentifiers.safeContentsBag)) {
            bags(bag.getBagValue().toASN1Primitive().getEncoded(), depth + 1);
        }
    }

    private byte[] open(ASN1Encodable shrouded) throws ForeignFormatException {
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(shrouded);
        return PasswordCipher.decrypt(info.getEncryptionAlgorithm(), info.getEncryptedData(), passphrase, budget);
    }

    private static Optional<String> name(SafeBag bag) {
        ASN1Set attributes = bag.getBagAttributes();
        if (attributes == null) {
            return Optional.empty();
        }
        for (ASN1Encodable element : attributes) {
            ASN1Sequence attribute = ASN1Sequence.getInstance(element);
            ASN1Set values = ASN1Set.getInstance(attribute.getObjectAt(1));
            if (attribute.getObjectAt(0).equals(PKCSObjectIdentifiers.pkcs_9_at_friendlyName) && values.size() > 0) {
                return Optional.of(
                        ASN1BMPString.getInstance(values.getObjectAt(0)).getString());
            }
        }
        return Optional.empty();
    }

    /** The digests of PKCS #12's MACs. */
    private static final class Digests {
        private Digests() {}

        static Digest of(org.bouncycastle.asn1.ASN1ObjectIdentifier oid) throws ForeignFormatException {
            return switch (oid.getId()) {
                case "1.3.14.3.2.26" -> DigestFactory.createSHA1();
                case "2.16.840.1.101.3.4.2.4" -> DigestFactory.createSHA224();
                case "2.16.840.1.101.3.4.2.1" -> DigestFactory.createSHA256();
                case "2.16.840.1.101.3.4.2.2" -> DigestFactory.createSHA384();
                case "2.16.840.1.101.3.4.2.3" -> DigestFactory.createSHA512();
                default -> throw PasswordCipher.unsupported("digest", oid);
            };
        }

        static Digest ofHmac(org.bouncycastle.asn1.ASN1ObjectIdentifier oid) throws ForeignFormatException {
            return switch (oid.getId()) {
                case "1.2.840.113549.2.7" -> DigestFactory.createSHA1();
                case "1.2.840.113549.2.9" -> DigestFactory.createSHA256();
                case "1.2.840.113549.2.10" -> DigestFactory.createSHA384();
                case "1.2.840.113549.2.11" -> DigestFactory.createSHA512();
                default -> throw PasswordCipher.unsupported("HMAC", oid);
            };
        }
    }
}
