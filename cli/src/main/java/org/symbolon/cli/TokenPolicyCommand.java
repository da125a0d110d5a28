package org.symbolon.cli;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
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
        return AdministeredToken.administer(
                Symbolon.of(Objects.requireNonNull(spec)),
                tokens,
                token -> token.print(token.administration().policy()));
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
        return AdministeredToken.administer(Symbolon.of(Objects.requireNonNull(spec)), tokens, token -> {
            TokenPolicy policy = token.administration().policy();
            for (Map.Entry<String, String> change : changes.entrySet()) {
                policy = policy.with(change.getKey(), change.getValue());
            }
            String whose = "security officer's PIN of token \"" + token.info().label() + "\"";
            try (Pin officer = new Pins(token.root().terminal())
                    .existing(whose, "--so-pin", soPin, token.configured().soPin())) {
                token.administration().setPolicy(officer, policy);
            }
            token.print(policy);
        });
    }
}
