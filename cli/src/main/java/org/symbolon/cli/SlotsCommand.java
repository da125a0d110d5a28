package org.symbolon.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.ModuleInfo;
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
        ExitCode exitCode = ExitCode.OK;
        for (TokenConfiguration configured : wanted) {
            try (TokenModule module = configured.openModule()) {
                modules.add(module(configured, module, lines));
            } catch (TokenException e) {
                Failure failure = Failure.of(e);
                exitCode = failure.exitCode();
                failure.print(root.terminal(), root.json());
            }
        }
        if (wanted.isEmpty()) {
            root.remark("no token is configured; name one, such as: symbolon slots --token soft:sqlite:team.db");
        }
        root.print(Document.with("modules", modules).fields(), lines);
        return exitCode.code();
    }

    private static Object module(TokenConfiguration configured, TokenModule module, List<String> lines)
            throws TokenException {
        ModuleInfo info = module.info();
        lines.add(configured.uri() + "  (" + TokenTexts.printable(info.description()) + ")");
        return Document.with("uri", configured.uri())
                .and("description", info.description())
                .and("version", info.version())
                .and("slots", slots(module, lines))
                .fields();
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
