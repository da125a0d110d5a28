package org.symbolon.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.KeyRevocationListBuilder;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.TokenRevocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon ssh-ca revoke}. */
@Command(
        name = "revoke",
        description = "Revokes certificates and keys; symbolon serve and ssh-ca krl write them for sshd.",
        footer = {
            "",
            "Examples:",
            "  symbolon ssh-ca revoke --principal alice --reason left --token soft:sqlite:team.db",
            "  symbolon ssh-ca revoke --serial 100-200 --token soft:sqlite:team.db",
            "  symbolon ssh-ca revoke --key stolen.pub --token soft:sqlite:team.db"
        })
final class SshCaRevokeCommand implements Callable<Integer> {
    private static final String SHA256 = "SHA256:";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--serial", paramLabel = "N[-M]", description = "A serial, or a range of them; may be repeated.")
    private List<String> serials = new ArrayList<>();

    @Option(names = "--id", paramLabel = "ID", description = "All certificates of a key id; may be repeated.")
    private List<String> keyIds = new ArrayList<>();

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "All certificates that were issued for a user or host and have not expired; may be repeated.")
    private List<String> principals = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "A key with all its certificates: a file or a fingerprint (SHA256:...); may be repeated.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the revocation.")
    private String reason = "";

    @Mixin
    private AuthorityOption ca = new AuthorityOption();

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (serials.isEmpty() && keyIds.isEmpty() && principals.isEmpty() && keys.isEmpty()) {
            throw CommandFailure.usage("what? Give --serial, --id, --principal or --key");
        }
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
            Instant now = Instant.now();
            KeyRevocationListBuilder entries = KeyRevocationList.builder().comment(reason);
            for (String key : keys) {
                revokeKey(root, entries, key);
            }
            if (!serials.isEmpty() || !keyIds.isEmpty() || !principals.isEmpty()) {
                revokeCertificates(entries, ca.authority(open.session()), now);
            }
            new TokenRevocations(open.session()).add(entries, now);
            List<String> lines = entries.build().lines();
            root.print(
                    Document.with("revoked", lines).fields(),
                    lines.stream().map(line -> "revoked " + line).toList());
        }
        return ExitCode.OK.code();
    }

    private void revokeCertificates(KeyRevocationListBuilder entries, SshCertificateAuthority authority, Instant now)
            throws Exception {
        for (String serial : serials) {
            String[] ends = serial.split("-", 2);
            long low = Serials.parse("--serial", ends[0]);
            entries.revokeSerials(
                    authority.publicKey(), low, ends.length == 1 ? low : Serials.parse("--serial", ends[1]));
        }
        keyIds.forEach(id -> entries.revokeKeyId(authority.publicKey(), id));
        for (String name : principals) {
            List<SshCertificate> issued =
                    authority.issued(certificate -> certificate.principals().contains(name)
                            && certificate.validity().until().isAfter(now));
            if (issued.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "no certificate that is still valid was issued for \"" + name + "\"; nothing is revoked");
            }
            issued.forEach(entries::revoke);
        }
    }

    private static void revokeKey(Symbolon root, KeyRevocationListBuilder entries, String key) throws Exception {
        if (key.startsWith(SHA256)) {
            entries.revokeSha256(Bytes.wrap(Base64.getDecoder().decode(key.substring(SHA256.length()))));
        } else {
            byte[] file = InputFile.read(Path.of(key), root.terminal().in());
            entries.revokeKey(PublicKeyFile.parse(file).key());
        }
    }
}
