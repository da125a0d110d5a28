package org.symbolon.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the process was started with: the only place of this library that reads environment and system properties. */
record Environment(Function<String, @Nullable String> variables, Function<String, @Nullable String> properties) {
    static final Environment OF_PROCESS = new Environment(System::getenv, System::getProperty);

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.apply(name));
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name));
    }

    /** Returns the user's configuration directory as the XDG Base Directory Specification has it. */
    Optional<Path> configurationDirectory() {
        return variable("XDG_CONFIG_HOME")
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> property("user.home")
                        .filter(home -> !home.isEmpty() && !home.equals("?"))
                        .map(home -> Path.of(home, ".config")));
    }
}
