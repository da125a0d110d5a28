package org.symbolon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/** The {@code ssh} of this machine, told to use nothing of its user's: no configuration, agent or known hosts. */
record OpenSsh(Path directory, int port, String user) {
    private static final int PATIENCE_SECONDS = 30;
    private static final int EXIT_REFUSED = 255;
    private static final String KNOWN_HOSTS = "known_hosts";

    /** What a program printed, and how it ended. */
    private record Result(int exitCode, String output) {}

    /** Returns whether {@code ssh} and {@code ssh-keygen} are here. */
    static boolean isInstalled(DemoDirectory directory) throws IOException {
        try {
            run(directory.path(), List.of("ssh", "-V"));
            run(directory.path(), List.of("ssh-keygen", "-?"));
            return true;
        } catch (MissingProgram e) {
            return false;
        }
    }

    /** Makes the host's key the only one that is trusted. */
    void trust(SshPublicKey hostKey) throws IOException {
        Files.writeString(
                directory.resolve(KNOWN_HOSTS),
                "[" + DemoServer.HOST + "]:" + port + " " + hostKey.toOpenSshLine("") + "\n");
    }

    /** Makes a key pair in files and returns its public half. */
    SshPublicKey generateKey(String type) throws IOException, SshFormatException {
        Result made = run(
                directory,
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        type,
                        "-N",
                        "",
                        "-C",
                        user,
                        "-f",
                        keyFile(type).toString()));
        if (made.exitCode() != 0) {
            throw new IOException("ssh-keygen failed: " + made.output());
        }
        return PublicKeyFile.read(directory.resolve("id_" + type + ".pub")).key();
    }

    private Path keyFile(String type) {
        return directory.resolve("id_" + type);
    }

    /** Logs in, runs a command, and returns its output. */
    String run(String type, String command) throws IOException {
        Result result = login(type, command);
        if (result.exitCode() != 0) {
            throw new IOException("ssh ended with " + result.exitCode() + ": " + result.output());
        }
        return result.output();
    }

    /** Returns whether the server refuses the login. */
    boolean isRefused(String type) throws IOException {
        Result result = login(type, "whoami");
        return result.exitCode() == EXIT_REFUSED && result.output().contains("Permission denied");
    }

    private Result login(String type, String command) throws IOException {
        List<String> batch = new ArrayList<>(commandLine(type));
        batch.addAll(
                1, List.of("-F", "none", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes"));
        batch.add(command);
        return run(directory, batch);
    }

    /** Returns what to type for a login with a key. */
    List<String> commandLine(String type) {
        return List.of(
                "ssh",
                "-p",
                Integer.toString(port),
                "-i",
                keyFile(type).toString(),
                "-o",
                "UserKnownHostsFile=" + directory.resolve(KNOWN_HOSTS),
                user + "@" + DemoServer.HOST);
    }

    private static Result run(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(Arrays.asList("SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new MissingProgram(command.get(0), e);
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + PATIENCE_SECONDS + " seconds");
            }
            return new Result(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " was running", e);
        } finally {
            process.destroy();
        }
    }

    /** A program that is not installed. */
    private static final class MissingProgram extends IOException {
        private static final long serialVersionUID = 1;

        MissingProgram(String program, IOException cause) {
            super(program + " is not installed", cause);
        }
    }
}
