package org.symbolon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.certificate.CertificateOptions;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon ssh-ca sign-user}. */
@Command(
        name = "sign-user",
        description = "Certifies users' keys, with ssh-keygen's options.",
        footer = {
            "",
            "Examples:",
            "  symbolon ssh-ca sign-user -I alice-laptop -n alice alice.pub --token soft:sqlite:team.db",
            "  symbolon ssh-ca sign-user -I cron -n root -O force-command=backup cron.pub"
        })
final class SshCaSignUserCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SshCaSigning signing = new SshCaSigning();

    @Option(
            names = "-V",
            paramLabel = "SPAN",
            defaultValue = "+1d",
            description = "When it is valid: +8h, -5m:+52w, 20260101:20270101, always:forever"
                    + " (default: ${DEFAULT-VALUE}).")
    private String validity = "";

    @Option(
            names = "-O",
            paramLabel = "OPTION",
            description = "clear, no-pty, permit-pty (also x11-forwarding, agent-forwarding, port-forwarding, user-rc),"
                    + " force-command=COMMAND, source-address=LIST, verify-required, no-touch-required,"
                    + " critical:NAME[=VALUE], extension:NAME[=VALUE]; may be repeated, in their order.")
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        CertificateOptions given = CertificateOptions.parse(options);
        return signing.sign(
                Symbolon.of(Objects.requireNonNull(spec)),
                validity,
                key -> SshCertificateBuilder.user(key).options(given));
    }
}
