package org.symbolon.soft;

import java.nio.file.Path;
import java.time.Duration;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** A process that guesses PINs and prints what it is answered. */
final class PinGuesser {
    private PinGuesser() {}

    public static void main(String[] arguments) throws TokenException {
        ModuleOptions patient = ModuleOptions.ofDefaults().withTimeout(Duration.ofMinutes(2));
        try (TokenModule module =
                TestTokens.builder().sqlite(Path.of(arguments[0])).options(patient).open()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                try {
                    module.token(TestTokens.LABEL).open(Login.user(TestTokens.wrongPin()));
                } catch (TokenAuthenticationException e) {
                    System.out.println(e.status().name());
                }
            }
        }
    }
}
