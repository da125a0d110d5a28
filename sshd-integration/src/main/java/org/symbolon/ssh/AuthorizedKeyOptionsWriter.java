package org.symbolon.ssh;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.symbolon.ssh.AuthorizedKeysLine.Option;

/** Writes options in the words of OpenSSH, each right that is denied by its own option. */
final class AuthorizedKeyOptionsWriter {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /** A target that no client can ask for: how an empty list is written, which OpenSSH has no word for. */
    static final ForwardTarget NOWHERE = new ForwardTarget("none.invalid", 1);

    private AuthorizedKeyOptionsWriter() {}

    static List<Option> write(AuthorizedKeyOptions options) {
        LoginRestrictions restrictions = options.restrictions();
        List<Option> written = new ArrayList<>();
        if (options.certificateAuthority()) {
            written.add(new Option("cert-authority", null));
        }
        if (!options.principals().isEmpty()) {
            written.add(new Option("principals", String.join(",", options.principals())));
        }
        restrictions.from().forEach(list -> written.add(new Option("from", list.toString())));
        restrictions
                .expiry()
                .ifPresent(moment ->
                        written.add(new Option("expiry-time", TIME.format(moment.atOffset(ZoneOffset.UTC)) + "Z")));
        restrictions.command().ifPresent(command -> written.add(new Option("command", command)));
        restrictions.environment().forEach((name, value) -> written.add(new Option("environment", name + "=" + value)));
        Arrays.stream(LoginRight.values())
                .filter(right -> !restrictions.allows(right))
                .forEach(right -> written.add(new Option("no-" + right.option(), null)));
        restrictions.permittedOpens().ifPresent(targets -> targets("permitopen", targets, written));
        restrictions.permittedListens().ifPresent(targets -> targets("permitlisten", targets, written));
        restrictions.subsystems().ifPresent(names -> written.add(new Option("subsystems", String.join(",", names))));
        restrictions.tunnel().ifPresent(device -> written.add(new Option("tunnel", Integer.toString(device))));
        flag(!restrictions.touchRequired(), "no-touch-required", written);
        flag(restrictions.verifyRequired(), "verify-required", written);
        options.selfService().ifPresent(said -> written.add(new Option("self-service", said)));
        return written;
    }

    private static void targets(String name, List<ForwardTarget> targets, List<Option> written) {
        for (ForwardTarget target : targets.isEmpty() ? List.of(NOWHERE) : targets) {
            written.add(new Option(name, target.toString()));
        }
    }

    private static void flag(boolean set, String name, List<Option> written) {
        if (set) {
            written.add(new Option(name, null));
        }
    }
}
