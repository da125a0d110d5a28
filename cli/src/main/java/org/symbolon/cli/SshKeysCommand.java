package org.symbolon.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.publickey.KeyAttribute;
import org.symbolon.ssh.publickey.PublicKeySubsystemClient;
import org.symbolon.ssh.publickey.PublicKeySubsystemException;
import org.symbolon.ssh.publickey.SubsystemVersion;
import org.symbolon.ssh.publickey.SupportedAttribute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon ssh-keys}: one's own keys on an SSH server, by its public key subsystem. */
@Command(
        name = "ssh-keys",
        description = {
            "Manages your own keys and certificates on an SSH server that has the public key subsystem",
            "(RFC 4819, RFC 7076): log in by password or a key of a token, bring the keys you want to log in with.",
            "Keys of a running agent: --token agent:$$SSH_AUTH_SOCK."
        })
final class SshKeysCommand implements Runnable {
    private static final String NAMESPACE_TEXT = "The namespace (default: ssh, where the keys are that log in).";
    private static final int MAX_CERTIFICATE_BYTES = 131_072;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "ssh-keys what? add, list, remove, namespaces or attributes");
    }

    private Symbolon root() {
        return Symbolon.of(Objects.requireNonNull(spec));
    }

    @Command(
            name = "add",
            description = "Adds a key with which you want to log in, or a certificate to a namespace.",
            footer = {
                "",
                "Examples:",
                "  symbolon ssh-keys add alice@example.com id_ed25519.pub",
                "  symbolon ssh-keys add alice@example.com key.pub --attribute from=10.0.0.0/8",
                "  symbolon ssh-keys add alice@example.com c.pem --certificate --namespace ssl"
            })
    int add(
            @Mixin SshServerOptions server,
            @Parameters(
                            index = "1",
                            paramLabel = "FILE",
                            description = "The public key or certificate; - is standard input.")
                    Path file,
            @Option(
                            names = "--attribute",
                            paramLabel = "NAME=VALUE",
                            description =
                                    "What the server must enforce of the key, or refuse it: from, command-override,"
                                            + " subsystem, x11, shell, exec, agent, env, port-forward, reverse-forward.")
                    @Nullable Map<String, String> attributes,
            @Option(names = "--comment", paramLabel = "TEXT", description = "The comment (default: the file's).")
                    @Nullable String comment,
            @Option(
                            names = "--overwrite",
                            description = "If it is there, give it these attributes in place of its own.")
                    boolean overwrite,
            @Option(names = "--certificate", description = "The file is an X.509 certificate, in PEM or DER.")
                    boolean isCertificate,
            @Option(names = "--namespace", paramLabel = "NAME", description = NAMESPACE_TEXT) @Nullable String namespace)
            throws Exception {
        if (isCertificate) {
            X509Certificate certificate = certificate(file);
            String where = requireNamespace(namespace);
            server.withSubsystem(root(), done(client -> {
                requireNamespaces(client);
                client.addCertificate(certificate, where, overwrite);
            }));
            say("added the certificate of " + certificate.getSubjectX500Principal() + " to " + where, "added", where);
            return ExitCode.OK.code();
        }
        PublicKeyFile key =
                PublicKeyFile.parse(InputFile.read(file, root().terminal().in()));
        List<KeyAttribute> all = attributes(attributes, comment == null ? key.comment() : comment, namespace);
        server.withSubsystem(root(), done(client -> {
            if (namespace != null) {
                requireNamespaces(client);
            }
            client.add(key.key(), overwrite, all);
        }));
        say("added " + key.key(), "added", key.key().fingerprint());
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            description = "Lists your keys, or your certificates.",
            footer = {
                "",
                "Examples:",
                "  symbolon ssh-keys list alice@example.com",
                "  symbolon ssh-keys list alice@example.com --certificates"
            })
    int list(
            @Mixin SshServerOptions server,
            @Option(names = "--certificates", description = "List certificates in place of keys.") boolean certificates,
            @Option(names = "--namespace", paramLabel = "NAME", description = "Only this namespace (default: all).")
                    @Nullable String namespace)
            throws Exception {
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        ProgressLine progress = new ProgressLine(root().terminal(), "listing");
        server.withSubsystem(root(), done(client -> {
            if (certificates || namespace != null) {
                requireNamespaces(client);
            }
            if (certificates) {
                client.certificates(Optional.ofNullable(namespace), listed -> {
                    documents.add(ListedTexts.document(listed));
                    lines.add(ListedTexts.line(listed));
                    progress.show(lines.size(), 0);
                });
            } else {
                client.list(inNamespace(namespace), listed -> {
                    documents.add(ListedTexts.document(listed));
                    lines.add(ListedTexts.line(listed));
                    progress.show(lines.size(), 0);
                });
            }
        }));
        root().print(
                        Document.with(certificates ? "certificates" : "keys", documents)
                                .fields(),
                        lines);
        return ExitCode.OK.code();
    }

    @Command(
            name = "remove",
            description = "Removes a key, with which you then log in no more, or a certificate.",
            footer = {
                "",
                "Examples:",
                "  symbolon ssh-keys remove alice@example.com SHA256:...",
                "  symbolon ssh-keys remove alice@example.com c.pem --certificate --namespace ssl"
            })
    int remove(
            @Mixin SshServerOptions server,
            @Parameters(
                            index = "1",
                            paramLabel = "KEY",
                            description = "The key: its fingerprint (SHA256:...) or a file; of a certificate the file.")
                    String key,
            @Option(names = "--certificate", description = "The file is an X.509 certificate, in PEM or DER.")
                    boolean isCertificate,
            @Option(names = "--namespace", paramLabel = "NAME", description = NAMESPACE_TEXT) @Nullable String namespace)
            throws Exception {
        if (isCertificate) {
            X509Certificate certificate = certificate(Path.of(key));
            String where = requireNamespace(namespace);
            server.withSubsystem(root(), done(client -> {
                requireNamespaces(client);
                client.removeCertificate(certificate, where);
            }));
            say(
                    "removed the certificate of " + certificate.getSubjectX500Principal() + " from " + where,
                    "removed",
                    where);
            return ExitCode.OK.code();
        }
        boolean byFingerprint = key.startsWith("SHA256:");
        Optional<SshPublicKey> given = byFingerprint
                ? Optional.empty()
                : Optional.of(PublicKeyFile.parse(
                                InputFile.read(Path.of(key), root().terminal().in()))
                        .key());
        SshPublicKey removed = server.withSubsystem(root(), answered(client -> {
            List<KeyAttribute> where = inNamespace(namespace);
            if (namespace != null) {
                requireNamespaces(client);
            }
            SshPublicKey meant = given.isPresent() ? given.get() : byFingerprint(client, key, where);
            client.remove(meant, where);
            return meant;
        }));
        say("removed " + removed, "removed", removed.fingerprint());
        return ExitCode.OK.code();
    }

    @Command(
            name = "namespaces",
            description = "Lists the namespaces that you may see.",
            footer = {"", "Example:", "  symbolon ssh-keys namespaces alice@example.com"})
    int namespaces(@Mixin SshServerOptions server) throws Exception {
        List<String> names = server.withSubsystem(root(), answered(client -> {
            requireNamespaces(client);
            return client.namespaces();
        }));
        root().print(
                        Document.with("namespaces", names).fields(),
                        names.stream().map(TokenTexts::printable).toList());
        return ExitCode.OK.code();
    }

    @Command(
            name = "attributes",
            description = "Lists the attributes that the server enforces or keeps.",
            footer = {"", "Example:", "  symbolon ssh-keys attributes alice@example.com"})
    int attributes(@Mixin SshServerOptions server) throws Exception {
        List<SupportedAttribute> known = server.withSubsystem(root(), answered(PublicKeySubsystemClient::attributes));
        List<Object> documents = new ArrayList<>();
        known.forEach(each -> documents.add(Document.with("name", each.name())
                .and("compulsory", each.compulsory())
                .fields()));
        root().print(
                        Document.with("attributes", documents).fields(),
                        known.stream()
                                .map(each -> each.name() + (each.compulsory() ? " (on every key)" : ""))
                                .toList());
        return ExitCode.OK.code();
    }

    /** Requests that answer nothing. */
    private interface Requests {
        void make(PublicKeySubsystemClient client) throws IOException, CommandFailure;
    }

    private static SshServerOptions.Work<Boolean> done(Requests requests) {
        return answered(client -> {
            requests.make(client);
            return true;
        });
    }

    /** What the server refuses is no failure of the connection. */
    private static <T> SshServerOptions.Work<T> answered(SshServerOptions.Work<T> work) {
        return client -> {
            try {
                return work.run(client);
            } catch (PublicKeySubsystemException e) {
                throw new CommandFailure(exitCode(e), String.valueOf(e.getMessage()));
            }
        };
    }

    private static ExitCode exitCode(PublicKeySubsystemException e) {
        return switch (e.status()) {
            case KEY_NOT_FOUND, CERTIFICATE_NOT_FOUND -> ExitCode.NOT_FOUND;
            case KEY_NOT_SUPPORTED, CERTIFICATE_NOT_SUPPORTED -> ExitCode.BAD_INPUT;
            default -> ExitCode.FAILED;
        };
    }

    private static void requireNamespaces(PublicKeySubsystemClient client) throws CommandFailure {
        if (client.version() == SubsystemVersion.RFC4819) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the server has no namespaces and certificates: it speaks RFC 4819, not RFC 7076");
        }
    }

    private static String requireNamespace(@Nullable String namespace) throws CommandFailure {
        if (namespace == null) {
            throw CommandFailure.usage("which namespace? Give --namespace, such as --namespace ssl");
        }
        return namespace;
    }

    private static List<KeyAttribute> attributes(
            @Nullable Map<String, String> given, String comment, @Nullable String namespace) {
        List<KeyAttribute> all = new ArrayList<>(inNamespace(namespace));
        if (!comment.isEmpty()) {
            all.add(KeyAttribute.comment(comment));
        }
        if (given != null) {
            given.forEach((name, value) -> all.add(KeyAttribute.critical(name, value == null ? "" : value)));
        }
        return all;
    }

    private static List<KeyAttribute> inNamespace(@Nullable String namespace) {
        return namespace == null ? List.of() : List.of(KeyAttribute.critical(KeyAttribute.NAMESPACE, namespace));
    }

    private static SshPublicKey byFingerprint(
            PublicKeySubsystemClient client, String fingerprint, List<KeyAttribute> where)
            throws IOException, CommandFailure {
        List<SshPublicKey> found = new ArrayList<>();
        client.list(
                where,
                listed -> listed.key()
                        .filter(key -> key.fingerprint().equals(fingerprint))
                        .ifPresent(found::add));
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "you have no key " + fingerprint + " there");
        }
        return found.get(0);
    }

    private X509Certificate certificate(Path file) throws IOException, CommandFailure {
        byte[] content = InputFile.read(file, root().terminal().in(), MAX_CERTIFICATE_BYTES);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, file + ": not an X.509 certificate in PEM or DER");
        }
    }

    private void say(String line, String done, String what) {
        root().print(Document.with(done, what).fields(), List.of(TokenTexts.printable(line)));
    }
}
