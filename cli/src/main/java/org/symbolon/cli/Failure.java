package org.symbolon.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.ssh.SshFormatException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What becomes of an error: one line on standard error, or JSON, and an exit code. */
record Failure(ExitCode exitCode, String message, String status, OptionalInt attemptsLeft) {
    private static final int MAX_CAUSES = 3;

    static Failure of(ExitCode exitCode, String message) {
        return new Failure(exitCode, message, "", OptionalInt.empty());
    }

    /** Returns what an exception means to the user. What is not expected is a bug. */
    static Failure of(Exception e) {
        if (e instanceof TokenException token) {
            OptionalInt attemptsLeft = token instanceof TokenAuthenticationException authentication
                    ? authentication.attemptsLeft()
                    : OptionalInt.empty();
            return new Failure(exitCode(token), text(token), token.status().name(), attemptsLeft);
        } else if (e instanceof CommandFailure failure) {
            return of(failure.exitCode(), text(e));
        } else if (e instanceof ConfigurationException || e instanceof IllegalArgumentException) {
            return of(ExitCode.USAGE, text(e));
        } else if (e instanceof SshFormatException) {
            return of(ExitCode.BAD_INPUT, text(e));
        } else if (e instanceof IOException io) {
            return of(ExitCode.BAD_INPUT, InputFile.reason(io));
        }
        return of(ExitCode.BUG, bugText(e));
    }

    private static ExitCode exitCode(TokenException e) {
        if (e instanceof ObjectNotFoundException || e instanceof AmbiguousObjectException) {
            return ExitCode.NOT_FOUND;
        } else if (e instanceof TokenAuthenticationException) {
            return ExitCode.AUTHENTICATION;
        } else if (e instanceof TokenUnavailableException) {
            return ExitCode.UNAVAILABLE;
        }
        return ExitCode.FAILED;
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    int print(Terminal terminal, boolean json) {
        terminal.clearStatus();
        if (json) {
            Document error = Document.with("kind", exitCode.name().toLowerCase(Locale.ROOT))
                    .and("exitCode", exitCode.code())
                    .and("message", message);
            if (!status.isEmpty()) {
                error.and("status", status);
            }
            if (attemptsLeft.isPresent()) {
                error.and("attemptsLeft", attemptsLeft.getAsInt());
            }
            Json.print(Document.with("error", error.fields()).fields(), terminal.err());
        } else {
            message.lines().forEach(line -> terminal.err().println("symbolon: " + TokenTexts.printable(line)));
        }
        return exitCode.code();
    }

    /** Says what is wrong with a command line. Values of PIN options are never in picocli's messages. */
    static int usage(Terminal terminal, ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = text(e) + "\ntry: " + command.getCommandSpec().qualifiedName() + " --help";
        return of(ExitCode.USAGE, message)
                .print(terminal, Arrays.asList(arguments).contains("--json"));
    }

    /** Says that something happened that must not. */
    static void bug(Terminal terminal, Throwable bug) {
        of(ExitCode.BUG, bugText(bug)).print(terminal, false);
    }

    private static String bugText(Throwable bug) {
        StringBuilder text = new StringBuilder("this is a bug in Symbolon, please report it: ").append(bug);
        for (StackTraceElement element : bug.getStackTrace()) {
            text.append("\n    at ").append(element);
        }
        Throwable cause = bug.getCause();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            text.append("\n  caused by ").append(cause);
        }
        return text.toString();
    }
}
