package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * OpenSSH's client programs, in a folder of their own that nothing of the user's configuration reaches.
 *
 * @param folder where keys and known hosts are kept
 */
public record OpenSsh(Path folder) {
    private static final String PACKAGE = "openssh-client";

    /** Makes a key pair and returns its public half; the private one is in the file of this name. */
    public SshPublicKey newKey(String name, String type, int bits) throws Exception {
        List<Object> command = new ArrayList<>(List.of(Peer.require("ssh-keygen", PACKAGE), "-q", "-t", type));
        command.addAll(List.of("-b", Integer.toString(bits), "-N", "", "-C", name, "-f", folder.resolve(name)));
        Program keygen = Program.run(folder, Map.of(), command);
        assertThat(keygen.exitCode()).as(keygen.output()).isZero();
        String line = Files.readString(folder.resolve(name + ".pub")).strip();
        return AuthorizedKeysLine.parse(line).key();
    }

    /** Has {@code ssh-keygen} certify a user's key for an hour by the key of an authority. */
    public SshCertificate certify(SshPublicKey key, String authority, String user) throws Exception {
        Path file = folder.resolve("certified.pub");
        Files.writeString(file, key.toOpenSshLine("") + "\n");
        List<Object> command = new ArrayList<>(List.of(Peer.require("ssh-keygen", PACKAGE), "-q"));
        command.addAll(List.of("-s", folder.resolve(authority), "-I", user, "-n", user, "-V", "+1h", file));
        Program keygen = Program.run(folder, Map.of(), command);
        assertThat(keygen.exitCode()).as(keygen.output()).isZero();
        return SshCertificate.parseOpenSshLine(
                Files.readString(folder.resolve("certified-cert.pub")).strip());
    }

    /** Logs in with a key and runs {@code a command}. */
    public Program logIn(int port, String user, String keyName, String... options) throws Exception {
        Path config = folder.resolve("config");
        Files.writeString(config, "User \"" + user.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n");
        List<Object> command = new ArrayList<>(List.of(Peer.require("ssh", PACKAGE), "-F", config, "-T"));
        command.addAll(List.of(options)); // the first value of an option is the one that counts
        for (String option : List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "ControlMaster=no",
                "GlobalKnownHostsFile=/dev/null",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "StrictHostKeyChecking=yes")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of("-i", folder.resolve(keyName), "-p", Integer.toString(port), "127.0.0.1", "a command"));
        return Program.run(folder, Map.of(), command);
    }

    /** Writes down the server's host keys, to be trusted from now on. */
    public void trust(int port, Iterable<SshPublicKey> hostKeys) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (SshPublicKey key : hostKeys) {
            lines.append("[127.0.0.1]:")
                    .append(port)
                    .append(' ')
                    .append(key.toOpenSshLine(""))
                    .append('\n');
        }
        Files.writeString(folder.resolve("known_hosts"), lines);
    }

    /** The host keys that a server shows to {@code ssh-keyscan}. */
    public List<SshPublicKey> scan(int port) throws Exception {
        Program keyscan = Program.run(
                Peer.require("ssh-keyscan", PACKAGE), "-T", "30", "-p", port, "-t", "rsa,ecdsa,ed25519", "127.0.0.1");
        assertThat(keyscan.exitCode()).as(keyscan.output()).isZero();
        List<SshPublicKey> keys = new ArrayList<>();
        for (String line :
                keyscan.output().lines().filter(each -> each.startsWith("[")).toList()) {
            keys.add(AuthorizedKeysLine.parse(line.substring(line.indexOf(' ') + 1))
                    .key());
        }
        return keys;
    }
}
