package org.symbolon.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.KrlFile;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.TokenRevocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon ssh-ca}. */
@Command(
        name = "ssh-ca",
        description = {
            "Issues and revokes OpenSSH certificates with a key that stays in a token.",
            "Servers trust it by TrustedUserCAKeys and RevokedKeys, clients by @cert-authority in known_hosts."
        },
        subcommands = {SshCaSignUserCommand.class, SshCaSignHostCommand.class, SshCaRevokeCommand.class})
final class SshCaCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "ssh-ca what? init, public-key, sign-user, sign-host, list, revoke, krl or forget");
    }

    private Symbolon root() {
        return Symbolon.of(Objects.requireNonNull(spec));
    }

    @Command(
            name = "init",
            description = "Makes the authority's key in the token, and prints its public half.",
            footer = {"", "Example:", "  symbolon ssh-ca init --token soft:sqlite:team.db > /etc/ssh/user_ca.pub"})
    int init(
            @Mixin AuthorityOption ca,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "ed25519",
                            description = "ed25519, p-256, p-384, p-521, rsa-3072 or rsa-4096"
                                    + " (default: ${DEFAULT-VALUE}).")
                    String type,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        KeyKind kind = KeyKind.parse(type);
        if (!kind.isPair()) {
            throw CommandFailure.usage("an authority's key is a key pair, not " + kind.name());
        }
        try (OpenToken open = login.open(root(), tokens.choose(root().configuration()))) {
            Session session = open.session();
            NewKeyOptions.requireFree(session, ca.label(), ObjectClass.PRIVATE_KEY);
            NewKeyOptions options = new NewKeyOptions();
            Template common = Template.label(ca.label()).onToken().id(options.idOrRandom());
            session.generateKeyPair(kind.mechanism(), common, common.and(options.secret()));
            TokenSshKey key = TokenSshKey.of(session, session.privateKey(ca.label()));
            key.test(new TokenSigner());
            print(key.publicKey(), key.publicKey().toOpenSshLine(ca.label()));
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "public-key",
            description = "Prints the authority's public key, for TrustedUserCAKeys or known_hosts.",
            footer = {
                "",
                "Examples:",
                "  symbolon ssh-ca public-key --token soft:sqlite:team.db > /etc/ssh/user_ca.pub",
                "  symbolon ssh-ca public-key --hosts *.example.com --token soft:sqlite:team.db >> ~/.ssh/known_hosts"
            })
    int publicKey(
            @Mixin AuthorityOption ca,
            @Option(
                            names = "--hosts",
                            paramLabel = "PATTERN",
                            description = "Print a line of known_hosts that trusts it for these hosts.")
                    @Nullable String hosts,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        if (hosts != null && hosts.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw CommandFailure.usage("--hosts is a pattern without spaces, such as *.example.com");
        }
        try (OpenToken open = login.open(root(), tokens.choose(root().configuration()))) {
            SshPublicKey key = ca.authority(open.session()).publicKey();
            String line = key.toOpenSshLine(ca.label());
            print(key, hosts == null ? line : "@cert-authority " + hosts + " " + line);
        }
        return ExitCode.OK.code();
    }

    private void print(SshPublicKey key, String line) {
        root().print(
                        Document.with("type", key.type().wireName())
                                .and("fingerprint", key.fingerprint())
                                .and("line", line)
                                .fields(),
                        List.of(line));
    }

    @Command(
            name = "list",
            description = "Lists the certificates that the authority has issued.",
            footer = {"", "Example:", "  symbolon ssh-ca list --principal alice --token soft:sqlite:team.db"})
    int list(
            @Mixin AuthorityOption ca,
            @Option(names = "--principal", paramLabel = "NAME", description = "Only those for this user or host.")
                    @Nullable String principal,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (OpenToken open = login.open(root(), tokens.choose(root().configuration()))) {
            KeyRevocationList revoked = new TokenRevocations(open.session()).list();
            SshCertificateAuthority authority = ca.authority(open.session());
            for (SshCertificate certificate : authority.issued(
                    each -> principal == null || each.principals().contains(principal))) {
                String state = CertificateTexts.state(certificate, revoked, Instant.now());
                documents.add(CertificateTexts.document(certificate)
                        .and("state", state)
                        .fields());
                lines.add(CertificateTexts.line(certificate) + ", " + state);
            }
        }
        root().print(Document.with("certificates", documents).fields(), lines);
        return ExitCode.OK.code();
    }

    @Command(
            name = "krl",
            description = {
                "Prints what is revoked; with --out writes the key revocation list, for sshd's RevokedKeys.",
                "symbolon serve keeps the file up to date: serve.revoked-keys in the configuration."
            },
            footer = {"", "Example:", "  symbolon ssh-ca krl --out /etc/ssh/revoked_keys --token soft:sqlite:team.db"})
    int krl(
            @Option(names = "--out", paramLabel = "FILE", description = "The file; it is replaced as a whole.")
                    @Nullable Path out,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        try (OpenToken open = login.open(root(), tokens.choose(root().configuration()))) {
            KeyRevocationList list = new TokenRevocations(open.session()).list();
            if (out != null) {
                KrlFile.write(out, list);
            }
            Document document = Document.with("version", Long.toUnsignedString(list.version()))
                    .and("entries", list.lines());
            root().print(
                            document.fields(),
                            out == null
                                    ? list.lines()
                                    : List.of(Counted.of(list.lines().size(), "revocation") + " in " + out));
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "forget",
            description = "Destroys the records of certificates that have expired; revocations stay.",
            footer = {"", "Example:", "  symbolon ssh-ca forget --token soft:sqlite:team.db"})
    int forget(@Mixin AuthorityOption ca, @Mixin LoginOptions login, @Mixin TokenOptions tokens) throws Exception {
        try (OpenToken open = login.open(root(), tokens.choose(root().configuration()))) {
            int count = ca.authority(open.session()).forget(Instant.now());
            root().print(
                            Document.with("forgotten", count).fields(),
                            List.of("forgot " + Counted.of(count, "certificate")));
        }
        return ExitCode.OK.code();
    }
}
