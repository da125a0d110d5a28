package org.symbolon.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.TokenException;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which soft token a command administers, and in whose name. */
final class AdministrationOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    /** What is done with the administration by whoever logs in. */
    @FunctionalInterface
    interface Step<T> {
        T run(SoftAdministration administration, Login login) throws TokenException;
    }

    /** What is done with the administration by whoever logs in, and has no answer. */
    @FunctionalInterface
    interface Change {
        void run(SoftAdministration administration, Login login) throws TokenException;
    }

    int administer(AdministeredToken.Work work) throws Exception {
        return AdministeredToken.administer(Symbolon.of(Objects.requireNonNull(spec)), tokens, work);
    }

    /** Does a step in the name of the user, or with --so of the security officer, who is asked for the PIN if need be. */
    <T> T loggedIn(AdministeredToken token, Step<T> step) throws Exception {
        SoftAdministration administration = token.administration();
        return login.withLogin(
                token.root(), token.configured(), token.info(), given -> step.run(administration, given));
    }

    /** Changes the token in that name. */
    void apply(AdministeredToken token, Change change) throws Exception {
        loggedIn(token, (administration, given) -> {
            change.run(administration, given);
            return token;
        });
    }

    /** Changes the token and tells of it. */
    int change(Change change, Document document, String line) throws Exception {
        return administer(token -> {
            apply(token, change);
            token.print(document, line);
        });
    }
}
