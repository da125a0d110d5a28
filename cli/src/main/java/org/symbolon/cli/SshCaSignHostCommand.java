package org.symbolon.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon ssh-ca sign-host}. */
@Command(
        name = "sign-host",
        description = "Certifies host keys, with ssh-keygen's options.",
        footer = {
            "",
            "Example:",
            "  symbolon ssh-ca sign-host -I web1 -n web1.example.com,192.0.2.7 ssh_host_ed25519_key.pub"
        })
final class SshCaSignHostCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SshCaSigning signing = new SshCaSigning();

    @Option(
            names = "-V",
            paramLabel = "SPAN",
            defaultValue = "+52w",
            description = "When it is valid: +52w, 20260101:20270101, always:forever (default: ${DEFAULT-VALUE}).")
    private String validity = "";

    @Override
    public Integer call() throws Exception {
        return signing.sign(Symbolon.of(Objects.requireNonNull(spec)), validity, SshCertificateBuilder::host);
    }
}
