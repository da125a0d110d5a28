package org.symbolon.cli;

import picocli.CommandLine;

/** The program {@code symbolon}. */
public final class Main {
    private Main() {}

    /**
     * Runs a command line and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        Thread.currentThread().setUncaughtExceptionHandler((thread, bug) -> {
            Failure.bug(terminal, bug);
            System.exit(ExitCode.BUG.code());
        });
        System.exit(run(terminal, args));
    }

    /** Runs a command line on a terminal and returns its exit code. */
    static int run(Terminal terminal, String... args) {
        Symbolon root = new Symbolon(terminal);
        CommandLine commandLine = new CommandLine(root)
                .setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> Failure.usage(terminal, e, arguments))
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> Failure.of(e).print(terminal, root.json()));
        return commandLine.execute(args);
    }
}
