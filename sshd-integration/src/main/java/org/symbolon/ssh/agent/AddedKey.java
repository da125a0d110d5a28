package org.symbolon.ssh.agent;

import java.security.KeyPair;
import java.util.Optional;
import org.symbolon.ssh.PrivateKeyFields;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.Text;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * A private key that a client hands over (RFC 9987 section 5.2.1).
 *
 * @param publicKey its public half
 * @param pair both halves
 * @param certificate its certificate, if it came with one
 * @param comment what its owner calls it
 */
record AddedKey(SshPublicKey publicKey, KeyPair pair, Optional<SshCertificate> certificate, String comment) {
    private static final int MAX_NAME_BYTES = 64;

    static AddedKey read(SshReader reader) throws SshFormatException {
        int start = reader.position();
        String type = reader.name("key type", MAX_NAME_BYTES);
        if (SshCertificate.isType(type)) {
            SshCertificate certificate =
                    SshCertificate.parse(reader.string("certificate", SshPublicKey.MAX_BLOB_BYTES));
            KeyPair pair = PrivateKeyFields.readBeside(certificate.key(), reader);
            return new AddedKey(certificate.key(), pair, Optional.of(certificate), comment(reader));
        }
        SshKeyType plain = SshKeyType.byWireName(type)
                .orElseThrow(() -> reader.error("key type \"" + Text.quoted(type) + "\" is not supported", start));
        KeyPair pair = PrivateKeyFields.read(plain, reader);
        return new AddedKey(SshPublicKey.of(pair.getPublic()), pair, Optional.empty(), comment(reader));
    }

    private static String comment(SshReader reader) throws SshFormatException {
        return reader.text("comment", AgentRequest.MAX_TEXT_BYTES);
    }

    /** The public half. */
    @Override
    public String toString() {
        return "AddedKey[" + publicKey + "]";
    }
}
