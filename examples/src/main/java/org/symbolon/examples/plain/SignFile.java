package org.symbolon.examples.plain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;

/**
 * Signs a file as {@code ssh-keygen -Y sign} does (OpenSSH's PROTOCOL.sshsig), with a key in a token. Neither an SSH library
 * nor a JCA provider takes part: what speaks SSH by itself needs no more than this.
 */
public final class SignFile {
    private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
    private static final String HASH = "sha512";

    private SignFile() {}

    /**
     * Makes the signature.
     *
     * @param key the key
     * @param namespace what the signature is for, such as {@code file} or {@code git}
     * @param content the file's bytes
     * @return the text of a {@code .sig} file
     * @throws GeneralSecurityException if the token cannot sign
     */
    public static String sign(TokenSshKey key, String namespace, byte[] content) throws GeneralSecurityException {
        byte[] signed = new SshWriter()
                .raw(MAGIC)
                .string(namespace)
                .string("") // reserved
                .string(HASH)
                .string(MessageDigest.getInstance("SHA-512").digest(content))
                .toByteArray();
        SshSignatureAlgorithm algorithm =
                key.publicKey().type().signatureAlgorithms().get(0);
        byte[] signature =
                new TokenSigner().sign(key.privateKey(), algorithm, signed).toBlob();
        byte[] file = new SshWriter()
                .raw(MAGIC)
                .uint32(1) // the version
                .string(key.publicKey().blob())
                .string(namespace)
                .string("") // reserved
                .string(HASH)
                .string(signature)
                .toByteArray();
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file)
                + "\n-----END SSH SIGNATURE-----\n";
    }

    /**
     * Runs the example: prints who signed, as a line of {@code allowed_signers}, and the signature of "release 1.0".
     *
     * @param args none
     * @throws GeneralSecurityException if the token refuses
     */
    public static void main(String[] args) throws GeneralSecurityException {
        try (OpenToken team = MemoryToken.open()) {
            Session session = team.session();
            Mechanism ed25519 = Mechanism.keyPairGen(NamedCurve.ED25519);
            TokenSshKey key = TokenSshKey.of(
                    session,
                    session.generateKeyPair(ed25519, Template.label("release")).privateKey());
            System.out.println("team " + key.publicKey().toOpenSshLine(""));
            System.out.print(sign(key, "file", "release 1.0".getBytes(UTF_8)));
        }
    }
}
