package org.symbolon.cli;

import java.util.List;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.SoftAdministration;
import org.symbolon.soft.TokenPolicy;

/** A soft token whose PINs, policy or state a command administers. */
record AdministeredToken(
        Symbolon root, TokenConfiguration configured, TokenInfo info, SoftAdministration administration) {
    /** What a command does with the token. */
    @FunctionalInterface
    interface Work {
        void run(AdministeredToken token) throws Exception;
    }

    /** Opens the chosen token's module for as long as the work lasts. */
    static int administer(Symbolon root, TokenOptions tokens, Work work) throws Exception {
        TokenConfiguration configured = tokens.choose(root.configuration());
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            work.run(new AdministeredToken(root, configured, info, SoftTokens.administration(configured, info)));
        }
        return ExitCode.OK.code();
    }

    /** Returns the token's label in quotes, as a terminal can show it. */
    String label() {
        return "\"" + TokenTexts.printable(info.label()) + "\"";
    }

    void print(Document document, String line) {
        root.print(document.fields(), List.of(line));
    }

    void print(TokenPolicy policy) {
        List<String> lines = policy.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        root.print(Document.with("policy", policy.settings()).fields(), lines);
    }
}
