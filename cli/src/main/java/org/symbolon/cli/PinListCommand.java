package org.symbolon.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Role;
import org.symbolon.soft.PinSlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code symbolon pin list}. */
@Command(
        name = "list",
        description = "Lists the PINs and recovery codes of a soft token: which there are, not what they are.",
        footer = {"", "Example:", "  symbolon pin list --token soft:sqlite:team.db"})
final class PinListCommand implements Callable<Integer> {
    private static final int NUMBER_WIDTH = 4;
    private static final int KIND_WIDTH = 22;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        return AdministeredToken.administer(Symbolon.of(Objects.requireNonNull(spec)), tokens, token -> {
            List<PinSlot> pins = token.administration().pins();
            List<Map<String, @Nullable Object>> documents =
                    pins.stream().map(pin -> document(pin).fields()).toList();
            token.root()
                    .print(
                            Document.with("pins", documents).fields(),
                            pins.stream().map(PinListCommand::line).toList());
        });
    }

    private static String kind(PinSlot pin) {
        if (pin.role() == Role.SECURITY_OFFICER) {
            return "security officer";
        }
        if (pin.recovery()) {
            return "recovery code";
        }
        return pin.name().isEmpty() ? "user" : "user " + pin.name();
    }

    private static String line(PinSlot pin) {
        return TokenTexts.pad(Integer.toString(pin.number()), NUMBER_WIDTH)
                + TokenTexts.pad(TokenTexts.printable(kind(pin)), KIND_WIDTH)
                + TokenTexts.printable(pin.kdf())
                + (pin.boundToHostSecret() ? ", with the host secret" : "")
                + (pin.mustChange() ? ", to be changed" : "");
    }

    private static Document document(PinSlot pin) {
        return Document.with("number", pin.number())
                .and("kind", kind(pin))
                .and("name", pin.name())
                .and("kdf", pin.kdf())
                .and("boundToHostSecret", pin.boundToHostSecret())
                .and("mustChange", pin.mustChange())
                .maybe("setAt", pin.setAt().map(Object::toString));
    }
}
