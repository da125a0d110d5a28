package org.symbolon.tests.bench.ssh;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Locale;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** MINA as it is beside MINA as {@link TokenSsh} sets it up, keys in memory: a program, for a class path of its own. */
public final class MinaSetUps {
    private MinaSetUps() {}

    /**
     * Prints a row of the table.
     *
     * @param args the row's name, the rounds, and the logins of each round
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        int logins = Integer.parseInt(args[2]);
        int slow = Math.max(5, logins / 6);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair host = generator.generateKeyPair();
        KeyPair user = generator.generateKeyPair();
        SshServer plain = start(SshServer.setUpDefaultServer(), host, user);
        SshServer ours = start(TokenSsh.configure(SshServer.setUpDefaultServer()), host, user);
        Samples[] rates = {new Samples(), new Samples(), new Samples(), new Samples(), new Samples()};
        try (Logins plainly = new Logins(SshClient.setUpDefaultClient(), user);
                Logins quickly = new Logins(TokenSsh.configure(SshClient.setUpDefaultClient()), user)) {
            quickly.perSecond(ours.getPort(), 2, 2 * logins);
            plainly.perSecond(plain.getPort(), 4, slow);
            for (int round = 0; round < rounds; round++) {
                double one = plainly.perSecond(plain.getPort(), 1, slow);
                double oneOfOurs = quickly.perSecond(ours.getPort(), 1, logins);
                rates[0].add(one);
                rates[1].add(oneOfOurs);
                rates[2].add(oneOfOurs / one);
                rates[3].add(plainly.perSecond(plain.getPort(), 4, slow));
                rates[4].add(quickly.perSecond(ours.getPort(), 4, logins));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |%n",
                args[0],
                rates[0].text("%.0f"),
                rates[1].text("%.0f"),
                rates[2].text("%.1f"),
                rates[3].text("%.0f"),
                rates[4].text("%.0f"));
        System.exit(0); // MINA's threads take their time
    }

    private static SshServer start(SshServer server, KeyPair host, KeyPair user) throws Exception {
        MemoryKeys keys = new MemoryKeys();
        keys.add(Logins.USER, SshPublicKey.of(user.getPublic()));
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(keys));
        server.start();
        return server;
    }
}
