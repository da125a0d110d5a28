package org.symbolon.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Slot;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.Configuration;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code symbolon slots}. */
@Command(
        name = "slots",
        description = "Lists slots and the tokens in them: of --token, else of everything in the configuration.",
        footer = {"", "Example:", "  symbolon slots --token soft:sqlite:team.db"})
final class SlotsCommand implements Callable<Integer> {
    private static final int LABEL_WIDTH = 34;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        Configuration configuration = root.configuration();
        Collection<TokenConfiguration> wanted = tokens.isGiven()
                ? List.of(tokens.choose(configuration))
                : configuration.tokens().values();
        List<Object> modules = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (TokenConfiguration configured : wanted) {
            try (TokenModule module = configured.openModule()) {
                lines.add(configured.uri() + "  ("
                        + TokenTexts.printable(module.info().description()) + ")");
                modules.add(Document.with("uri", configured.uri())
                        .and("description", module.info().description())
                        .and("version", module.info().version())
                        .and("slots", slots(module, lines))
                        .fields());
            }
        }
        if (wanted.isEmpty()) {
            root.remark("no token is configured; name one, such as: symbolon slots --token soft:sqlite:team.db");
        }
        root.print(Document.with("modules", modules).fields(), lines);
        return ExitCode.OK.code();
    }

    private static List<Object> slots(TokenModule module, List<String> lines) throws TokenException {
        List<Object> documents = new ArrayList<>();
        for (Slot slot : module.slots()) {
            Optional<Token> token = slot.token();
            Document document = Document.with("slotId", slot.info().slotId())
                    .and("description", slot.info().description());
            String text = "(no token yet: symbolon token init)";
            if (token.isPresent()) {
                TokenInfo info = token.get().info();
                document.and("token", TokenTexts.document(info).fields());
                text = TokenTexts.pad(TokenTexts.printable(info.label()), LABEL_WIDTH) + "serial "
                        + TokenTexts.printable(info.serialNumber()) + ", " + TokenTexts.state(info);
            }
            documents.add(document.fields());
            lines.add("  slot " + slot.info().slotId() + "  " + text);
        }
        return documents;
    }
}
