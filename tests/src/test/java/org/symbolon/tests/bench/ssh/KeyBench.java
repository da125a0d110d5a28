package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.ssh.OpenSsh;

/** Logins by each kind of key: users' keys and host key in a soft token, MINA at both ends; and OpenSSH's client. */
final class KeyBench {
    private static final int SSH_FAILED = 255;

    private KeyBench() {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        Map<String, Mechanism> kinds = new LinkedHashMap<>();
        kinds.put("ecdsa", Mechanism.keyPairGen(NamedCurve.P256));
        kinds.put("ed25519", Mechanism.keyPairGen(NamedCurve.ED25519));
        kinds.put("rsa", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048));
        out.println(
                "| key of user and host | one at a time /s | four at a time /s | OpenSSH's ssh, one at a time /s |");
        out.println("|---|---:|---:|---:|");
        for (Map.Entry<String, Mechanism> kind : kinds.entrySet()) {
            out.println(row(scale, kind.getKey(), kind.getValue()));
        }
    }

    private static String row(SshBenchProgram.Scale scale, String kind, Mechanism mechanism) throws Exception {
        MemoryKeys users = new MemoryKeys();
        try (TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Keys")) {
            session.generateKeyPair(mechanism, Template.label("host").onToken());
            SshPublicKey key = SshPublicKey.of(PublicKeys.of(
                    session.generateKeyPair(mechanism, Template.label("user").onToken())
                            .publicKey()));
            users.add(Logins.USER, key);
            try (TokenHostKeyProvider hostKeys = TokenHostKeyProvider.of(session, "host");
                    TokenClientIdentities identities = TokenClientIdentities.of(session, "user");
                    BenchSshServer server = new BenchSshServer(users, hostKeys);
                    Logins logins = new Logins(TokenSsh.configure(SshClient.setUpDefaultClient()), identities)) {
                logins.perSecond(server.port(), 4, 2 * scale.logins());
                Samples one = new Samples();
                Samples four = new Samples();
                for (int round = 0; round < scale.rounds(); round++) {
                    one.add(logins.perSecond(server.port(), 1, scale.logins()));
                    four.add(logins.perSecond(server.port(), 4, 2 * scale.logins()));
                }
                SshPublicKey hostKey = SshPublicKey.of(PublicKeys.of(session.publicKey("host")));
                return String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %.1f |",
                        key.type().wireName(),
                        one.text("%.0f"),
                        four.text("%.0f"),
                        openSsh(scale, kind, users, server, hostKey));
            }
        }
    }

    /** OpenSSH's client has its key in a file; each login is a process. */
    private static double openSsh(
            SshBenchProgram.Scale scale, String kind, MemoryKeys users, BenchSshServer server, SshPublicKey hostKey)
            throws Exception {
        OpenSsh client = new OpenSsh(scale.folder());
        users.add("openssh", client.newKey("file-" + kind, kind, kind.equals("rsa") ? 2048 : 256));
        client.trust(server.port(), List.of(hostKey));
        int logins = Math.max(5, scale.logins() / 3);
        long start = System.nanoTime();
        for (int i = 0; i < logins; i++) {
            Program ssh = client.logIn(server.port(), "openssh", "file-" + kind);
            if (ssh.exitCode() == SSH_FAILED) {
                throw new IllegalStateException(ssh.output());
            }
        }
        return logins * 1e9 / (System.nanoTime() - start);
    }
}
