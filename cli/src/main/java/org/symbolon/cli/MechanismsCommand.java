package org.symbolon.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code symbolon mechanisms}. */
@Command(
        name = "mechanisms",
        description = "Lists what a token can do.",
        footer = {"", "Example:", "  symbolon mechanisms --token soft:sqlite:team.db"})
final class MechanismsCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 32;
    private static final int SIZE_WIDTH = 14;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (TokenModule module = configured.openModule()) {
            List<Map.Entry<MechanismType, MechanismInfo>> mechanisms =
                    new ArrayList<>(configured.token(module).mechanisms().entrySet());
            mechanisms.sort(Comparator.comparing(entry -> entry.getKey().name()));
            for (Map.Entry<MechanismType, MechanismInfo> mechanism : mechanisms) {
                String name = mechanism.getKey().name();
                MechanismInfo info = mechanism.getValue();
                List<String> functions = info.functions().stream()
                        .sorted()
                        .map(MechanismFunction::lowerName)
                        .toList();
                documents.add(Document.with("name", name)
                        .and("code", mechanism.getKey().code())
                        .and("minKeySize", info.minKeySize())
                        .and("maxKeySize", info.maxKeySize())
                        .and("functions", functions)
                        .fields());
                lines.add(TokenTexts.pad(name, NAME_WIDTH)
                        + TokenTexts.pad(sizes(info), SIZE_WIDTH)
                        + String.join(", ", functions));
            }
        }
        root.print(Document.with("mechanisms", documents).fields(), lines);
        return ExitCode.OK.code();
    }

    private static String sizes(MechanismInfo info) {
        if (info.maxKeySize() == 0) {
            return "";
        }
        return info.minKeySize() == info.maxKeySize()
                ? Long.toString(info.minKeySize())
                : info.minKeySize() + " to " + info.maxKeySize();
    }
}
