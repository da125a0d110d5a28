package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.security.KeyPair;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.tests.SoftTokens;

/** What a client's signature costs with its ECDSA key in a token, over one in memory. */
final class SignerBench {
    private static final byte[] DATA = new byte[300]; // as long as what a login signs

    private SignerBench() {}

    /** Signs once. */
    @FunctionalInterface
    private interface Signer {
        void sign() throws Exception;
    }

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        try (TokenModule module = SoftTokens.inMemory();
                Session soft = SoftTokens.newSession(module, "Signer");
                RemoteTokenServer server = RemoteTokenServer.builder()
                        .module(module)
                        .unixSocket(scale.folder().resolve("signer"))
                        .start();
                TokenModule remoteModule =
                        TokenModule.open("p11:" + server.addresses().get(0));
                Session remote = remoteModule.token("Signer").open(Login.user(SoftTokens.PIN))) {
            soft.generateKeyPair(
                    Mechanism.keyPairGen(NamedCurve.P256), Template.label("key").onToken());
            Map<String, Signer> signers = new LinkedHashMap<>();
            signers.put("in memory, JDK", inMemory());
            signers.put("soft token", inToken(soft));
            signers.put("remote PKCS #11 token, unix socket", inToken(remote));
            measure(scale, signers, out);
        }
    }

    private static Signer inMemory() throws Exception {
        KeyPair keys = BenchSshServer.newKey();
        return () -> {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(DATA);
            signature.sign();
        };
    }

    private static Signer inToken(Session session) throws Exception {
        TokenSshKey key = TokenSshKey.of(session, session.privateKey("key"));
        TokenSigner signer = new TokenSigner();
        return () -> signer.sign(key.privateKey(), SshSignatureAlgorithm.ECDSA_P256, DATA);
    }

    private static void measure(SshBenchProgram.Scale scale, Map<String, Signer> signers, PrintStream out)
            throws Exception {
        Map<String, Samples> times = new LinkedHashMap<>();
        Map<String, Samples> added = new LinkedHashMap<>();
        for (Map.Entry<String, Signer> each : signers.entrySet()) {
            times.put(each.getKey(), new Samples());
            added.put(each.getKey(), new Samples());
            millis(each.getValue(), 3 * scale.signatures());
        }
        for (int round = 0; round < scale.rounds(); round++) {
            double memory = Double.NaN;
            for (Map.Entry<String, Signer> each : signers.entrySet()) {
                double millis = millis(each.getValue(), scale.signatures());
                memory = Double.isNaN(memory) ? millis : memory;
                Objects.requireNonNull(times.get(each.getKey())).add(millis);
                Objects.requireNonNull(added.get(each.getKey())).add(millis - memory);
            }
        }
        out.println("| client's ECDSA key | signature, ms | added over memory, ms |");
        out.println("|---|---:|---:|");
        times.forEach((name, samples) -> out.printf(
                "| %s | %s | %s |%n",
                name,
                samples.text("%.3f"),
                Objects.requireNonNull(added.get(name)).text("%.3f")));
    }

    private static double millis(Signer signer, int signatures) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < signatures; i++) {
            signer.sign();
        }
        return (System.nanoTime() - start) / 1e6 / signatures;
    }
}
