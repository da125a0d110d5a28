package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * MIT's KDC of the realm {@value #REALM} on the loopback, with a key table for services and caches of tickets for people.
 * There is one in a JVM, which reads where its KDC is once; it ends with the JVM.
 */
final class Kdc {
    static final String REALM = "SYMBOLON.TEST";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse";

    private static @Nullable Kdc ofThisJvm;

    private final Path folder;
    private final Process process;

    private Kdc(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Returns the KDC of this JVM, started when it is first asked for. */
    static synchronized Kdc ofThisJvm() throws IOException, InterruptedException {
        if (ofThisJvm == null) {
            Path built = Files.createDirectories(Peer.root().resolve("tests/target"));
            ofThisJvm = start(Files.createTempDirectory(built, "kdc"));
            Process process = ofThisJvm.process;
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            System.setProperty(
                    "java.security.krb5.conf", ofThisJvm.configuration().toString());
        }
        return ofThisJvm;
    }

    private static Kdc start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        write(folder.resolve("krb5.conf"), """
            [libdefaults]
              default_realm = %1$s
              dns_lookup_kdc = false
              dns_lookup_realm = false
              dns_canonicalize_hostname = false
              rdns = false
              udp_preference_limit = 1
            [realms]
              %1$s = {
                kdc = 127.0.0.1:%2$d
              }
            [domain_realm]
              localhost = %1$s
            """.formatted(REALM, port));
        write(folder.resolve("kdc.conf"), """
            [kdcdefaults]
              kdc_ports = ""
              kdc_listen = ""
              kdc_tcp_listen = 127.0.0.1:%2$d
            [realms]
              %1$s = {
                database_name = %3$s/principal
                key_stash_file = %3$s/stash
                acl_file = %3$s/acl
                max_life = 1h
              }
            """.formatted(REALM, port, folder));
        run(folder, "kdb5_util", "krb5-kdc", "create", "-s", "-P", PASSWORD, "-r", REALM);
        ProcessBuilder builder = new ProcessBuilder(
                        Peer.require("krb5kdc", "krb5-kdc").toString(), "-n", "-r", REALM)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kdc.log").toFile());
        builder.environment().putAll(environment(folder));
        Kdc kdc = new Kdc(folder, builder.start());
        Awaitility.await().atMost(PATIENCE).until(() -> kdc.isListening(port));
        return kdc;
    }

    private boolean isListening(int port) throws IOException {
        assertThat(process.isAlive())
                .as(Files.readString(folder.resolve("kdc.log")))
                .isTrue();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(Path folder) {
        return Map.of(
                "KRB5_CONFIG", folder.resolve("krb5.conf").toString(),
                "KRB5_KDC_PROFILE", folder.resolve("kdc.conf").toString());
    }

    private static void run(Path folder, String program, String debianPackage, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Peer.require(program, debianPackage).toString());
        command.addAll(List.of(arguments));
        Program done = Program.run(folder, environment(folder), command);
        assertThat(done.exitCode()).as(done.output()).isZero();
    }

    /** Returns the file that says where the KDC is, for {@code java.security.krb5.conf} and {@code KRB5_CONFIG}. */
    private Path configuration() {
        return folder.resolve("krb5.conf");
    }

    /** Returns what the environment of Kerberos's programs is. */
    Map<String, String> environment() {
        return environment(folder);
    }

    /** Returns the table with a service's key, which is made when it is first asked for. */
    Path service(String principal) throws IOException, InterruptedException {
        Path table = folder.resolve(principal.replace('/', '_') + ".keytab");
        if (Files.exists(table)) {
            return table;
        }
        run(folder, "kadmin.local", "krb5-admin-server", "-r", REALM, "-q", "addprinc -randkey " + principal);
        run(folder, "kadmin.local", "krb5-admin-server", "-r", REALM, "-q", "ktadd -k " + table + " " + principal);
        return table;
    }

    /** Makes somebody, and returns a table with their key and a cache with a ticket for so long. */
    Path ticket(String principal, String lifetime) throws IOException, InterruptedException {
        Path table = service(principal);
        Path cache = folder.resolve(principal + ".cache");
        run(
                folder,
                "kinit",
                "krb5-user",
                "-l",
                lifetime,
                "-k",
                "-t",
                table.toString(),
                "-c",
                "FILE:" + cache,
                principal);
        return cache;
    }
}
