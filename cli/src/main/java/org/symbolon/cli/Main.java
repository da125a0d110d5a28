package org.symbolon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code symbolon}. */
@Command(name = "symbolon", mixinStandardHelpOptions = true, version = "symbolon 0.1.0")
final class Main implements Runnable {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
