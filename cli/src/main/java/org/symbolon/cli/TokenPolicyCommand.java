package org.symbolon.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.SoftAdministration;
import org.symbolon.soft.TokenPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon token policy}. */
@Command(name = "policy", description = "Shows and changes what a soft token asks of its PINs and objects.")
final class TokenPolicyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "policy what? show or set");
    }

    @Command(
            name = "show",
            description = "Shows the policy.",
            footer = {"", "Example:", "  symbolon token policy show --token soft:sqlite:team.db"})
    int show(@Mixin TokenOptions tokens) throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            print(root, SoftTokens.administration(configured, info).policy());
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "set",
            description = {
                "Changes the policy, as the security officer.",
                "What it says of new PINs holds for those that are set from then on."
            },
            footer = {
                "",
                "Examples:",
                "  symbolon token policy set min-pin-length=8 --token soft:sqlite:team.db",
                "  symbolon token policy set objects=strict --token soft:sqlite:team.db"
            })
    int set(
            @Parameters(paramLabel = "NAME=VALUE", arity = "1..*", description = "Settings, as show prints them.")
                    Map<String, String> changes,
            @Option(
                            names = "--so-pin",
                            paramLabel = "REF",
                            description = "The security officer's PIN by reference (default: the configuration's,"
                                    + " else you are asked).")
                    @Nullable String soPin,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            SoftAdministration administration = SoftTokens.administration(configured, info);
            TokenPolicy policy = administration.policy();
            for (Map.Entry<String, String> change : changes.entrySet()) {
                policy = policy.with(change.getKey(), change.getValue());
            }
            String whose = "security officer's PIN of token \"" + info.label() + "\"";
            try (Pin officer = new Pins(root.terminal()).existing(whose, "--so-pin", soPin, configured.soPin())) {
                administration.setPolicy(officer, policy);
            }
            print(root, policy);
        }
        return ExitCode.OK.code();
    }

    private static void print(Symbolon root, TokenPolicy policy) {
        List<String> lines = policy.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        Document document = Document.with("policy", policy.settings());
        root.print(document.fields(), lines);
    }
}
