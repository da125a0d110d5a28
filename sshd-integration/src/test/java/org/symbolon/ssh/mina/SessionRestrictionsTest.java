package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.agent.local.LocalAgentFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SshPublicKey;

/** What the options of a key allow and deny in a session on a MINA server. */
class SessionRestrictionsTest {
    private static final String KEY = "openssh-ecdsa-384";
    private static final String REFUSED = "refused";

    private LoginFixture ssh;

    @BeforeEach
    void open() throws Exception {
        ssh = new LoginFixture();
        ssh.server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    }

    @AfterEach
    void close() throws IOException {
        ssh.close();
    }

    @Test
    void noOptions_everything_isAllowed() throws Exception {
        try (ClientSession session = start("")) {
            assertThat(exec(session, "ls")).isEqualTo("exec ls");
            assertThat(shell(session)).isEqualTo("shell");
            assertThat(subsystem(session, "sftp")).isEqualTo("subsystem sftp");
            assertThat(withEnvironment(session)).isEqualTo("exec ls; LANG=C");
            session.startRemotePortForwarding(new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("h", 1));
        }
    }

    @Test
    void command_isRunInPlaceOfWhateverIsAskedFor() throws Exception {
        try (ClientSession session = start("command=\"backup --all\"")) {
            assertThat(exec(session, "rm -rf /")).isEqualTo("exec backup --all; SSH_ORIGINAL_COMMAND=rm -rf /");
            assertThat(shell(session)).isEqualTo("exec backup --all");
            assertThat(subsystem(session, "sftp")).isEqualTo("exec backup --all; SSH_ORIGINAL_COMMAND=sftp");
        }
    }

    @Test
    void command_internalSftp_isTheSubsystem() throws Exception {
        try (ClientSession session = start("command=\"internal-sftp\"")) {
            assertThat(exec(session, "ls")).isEqualTo("subsystem sftp; SSH_ORIGINAL_COMMAND=ls");
        }
    }

    @Test
    void originalCommand_setByTheClient_isNotBelieved() throws Exception {
        try (ClientSession session = start("command=\"backup\"")) {
            ChannelShell channel = session.createShellChannel();
            channel.setUsePty(false);
            channel.setEnv("SSH_ORIGINAL_COMMAND", "forged");

            assertThat(outputOrRefusal(channel)).doesNotContain("forged");
        }
    }

    @Test
    void variablesOfTheClient_besideAForcedCommand_areLocalesOnly() throws Exception {
        try (ClientSession session = start("command=\"backup\"")) {
            ChannelExec channel = session.createExecChannel("ls");
            channel.setEnv("LANG", "C");
            channel.setEnv("TEAM", "red");

            assertThat(outputOrRefusal(channel)).isEqualTo("exec backup; SSH_ORIGINAL_COMMAND=ls; LANG=C");
        }
    }

    @Test
    void emptyCommand_runsNothing() throws Exception {
        LoginRestrictions nothing = LoginRestrictions.builder().command("").build();
        try (ClientSession session = start(nothing)) {
            assertThat(exec(session, "ls")).isEqualTo(REFUSED);
            assertThat(shell(session)).isEqualTo(REFUSED);
        }
    }

    @Test
    void environment_ofTheKey_winsOverTheClients() throws Exception {
        try (ClientSession session = start("environment=\"LANG=de\",environment=\"TEAM=red\"")) {
            assertThat(withEnvironment(session)).isEqualTo("exec ls; TEAM=red; LANG=de");
        }
    }

    @Test
    void deniedRights_shellExecEnv_areRefusedOneByOne() throws Exception {
        LoginRestrictions denied = LoginRestrictions.builder()
                .deny(LoginRight.SHELL)
                .deny(LoginRight.EXEC)
                .subsystems(List.of("other"))
                .build();
        try (ClientSession session = start(denied)) {
            assertThat(shell(session)).isEqualTo(REFUSED);
            assertThat(exec(session, "ls")).isEqualTo(REFUSED);
            assertThat(subsystem(session, "sftp")).isEqualTo(REFUSED);
            assertThat(subsystem(session, "other")).isEqualTo("subsystem other");
        }
    }

    @Test
    void environmentRequests_denied_areNotTaken() throws Exception {
        LoginRestrictions denied = LoginRestrictions.builder()
                .deny(LoginRight.ENVIRONMENT_REQUESTS)
                .build();
        try (ClientSession session = start(denied)) {
            assertThat(withEnvironment(session)).isEqualTo("exec ls");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-pty", "restrict"})
    void pty_denied_isRefused(String options) throws Exception {
        try (ClientSession session = start(options)) {
            ChannelShell channel = session.createShellChannel();
            channel.setUsePty(true);

            assertThat(outputOrRefusal(channel)).isEqualTo("shell");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "restrict,pty"})
    void pty_allowed_isThere(String options) throws Exception {
        try (ClientSession session = start(options)) {
            ChannelShell channel = session.createShellChannel();
            channel.setUsePty(true);

            assertThat(outputOrRefusal(channel)).startsWith("shell; TERM=");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environment=\"TEAM=red\" | 1 | 1",
                "no-agent-forwarding | 0 | 1",
                "no-X11-forwarding | 1 | 0",
                "restrict | 0 | 0"
            })
    void agentAndX11_denied_areNotAskedOfTheServersFilter(String options, int agents, int displays) throws Exception {
        AskedFilter filter = new AskedFilter();
        ssh.server.setForwardingFilter(filter);
        ssh.server.setAgentFactory(new LocalAgentFactory());
        try (ClientSession session = start(options);
                ChannelShell channel = session.createShellChannel()) {
            channel.setUsePty(false);
            channel.open().verify(LoginFixture.PATIENCE);
            session.writePacket(request(channel, "auth-agent-req@openssh.com"));
            Buffer display = request(channel, "x11-req");
            display.putBoolean(false);
            display.putString("MIT-MAGIC-COOKIE-1");
            display.putString("00");
            display.putInt(0);
            session.writePacket(display);
            assertThat(exec(session, "ls")).startsWith("exec ls");
        }

        assertThat(filter.agents).hasValue(agents);
        assertThat(filter.displays).hasValue(displays);
    }

    /** Refuses everything, and counts what it was asked. */
    private static final class AskedFilter extends RejectAllForwardingFilter {
        private final AtomicInteger agents = new AtomicInteger();
        private final AtomicInteger displays = new AtomicInteger();

        @Override
        public boolean canForwardAgent(Session session, String requestType) {
            agents.incrementAndGet();
            return false;
        }

        @Override
        public boolean canForwardX11(Session session, String requestType) {
            displays.incrementAndGet();
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permitopen=\"127.0.0.1:*\" | true",
                "permitopen=\"localhost:*\" | false",
                "permitopen=\"127.0.0.1:1\" | false",
                "no-port-forwarding | false",
                "restrict | false",
                "restrict,port-forwarding | true"
            })
    void directTcpip_isOpenedOnlyWhereAllowed(String options, boolean allowed) throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ClientSession session = start(options)) {
            SshdSocketAddress local = new SshdSocketAddress("127.0.0.1", 0);
            SshdSocketAddress entrance =
                    session.startLocalPortForwarding(local, new SshdSocketAddress("127.0.0.1", target.getLocalPort()));
            target.setSoTimeout((int) LoginFixture.PATIENCE.toMillis());
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), entrance.getPort())) {
                socket.setSoTimeout((int) LoginFixture.PATIENCE.toMillis());
                if (allowed) {
                    try (Socket arrived = target.accept()) {
                        arrived.getOutputStream().write(7);
                        assertThat(socket.getInputStream().read()).isEqualTo(7);
                    }
                } else {
                    assertThat(readOrEnd(socket)).isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permitlisten=\"127.0.0.1:%d\" | true",
                "permitlisten=\"%d\" | true",
                "permitlisten=\"localhost:%d\" | false",
                "permitlisten=\"127.0.0.1:1\" | false",
                "no-port-forwarding | false",
                "permitopen=\"127.0.0.1:1\" | true"
            })
    void tcpipForward_isListenedOnlyWhereAllowed(String options, boolean allowed) throws Exception {
        int port = freePort();
        try (ClientSession session = start(options.formatted(port))) {
            SshdSocketAddress wanted = new SshdSocketAddress("127.0.0.1", port);
            SshdSocketAddress local = new SshdSocketAddress("127.0.0.1", 1);
            if (allowed) {
                assertThat(session.startRemotePortForwarding(wanted, local).getPort())
                        .isEqualTo(port);
            } else {
                assertThatThrownBy(() -> session.startRemotePortForwarding(wanted, local))
                        .isInstanceOf(SshException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=\"10.0.0.0/8\"",
                "from=\"!127.0.0.1,*\"",
                "from=\"::1\"",
                "expiry-time=\"20200101\"",
                "cert-authority"
            })
    void logIn_fromElsewhereOrTooLateOrByACa_isRefused(String options) throws Exception {
        assertThatThrownBy(() -> start(options).close()).isInstanceOf(SshException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=\"127.0.0.0/8\"", "from=\"10.0.0.1,127.*\"", "expiry-time=\"29991231\""})
    void logIn_fromHereInTime_isLetIn(String options) throws Exception {
        try (ClientSession session = start(options)) {
            assertThat(exec(session, "ls")).isEqualTo("exec ls");
        }
    }

    @Test
    void logIn_toAServerWithAnotherChannelFactory_isRefusedWithRestrictionsOnly() throws Exception {
        ssh.server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
        assertThatThrownBy(() -> start("no-pty").close()).isInstanceOf(SshException.class);

        ssh.keys.add("bob", "from=\"127.0.0.1\"", ssh.as(KEY));
        try (ClientSession session = ssh.logIn("bob")) {
            assertThat(exec(session, "ls")).isEqualTo("exec ls");
        }
    }

    @Test
    void twoKeys_inOneLogin_theStricterOfBothHolds() throws Exception {
        CoreModuleProperties.AUTH_METHODS.set(ssh.server, "publickey,publickey");
        SshPublicKey first = KeyFiles.open("openssh-ecdsa-384.pub");
        SshPublicKey second = KeyFiles.open("openssh-ecdsa-521.pub");
        ssh.keys.add("alice", "command=\"backup\"", first);
        ssh.keys.add("alice", "environment=\"TEAM=red\"", second);
        ssh.client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(
                KeyFiles.secret("openssh-ecdsa-384").keyPair(),
                KeyFiles.secret("openssh-ecdsa-521").keyPair()));
        ssh.start();

        try (ClientSession session = ssh.logIn("alice")) {
            assertThat(exec(session, "ls")).isEqualTo("exec backup; SSH_ORIGINAL_COMMAND=ls; TEAM=red");
        }
    }

    @Test
    void oneKey_whereTwoAreWanted_isNotEnough() throws Exception {
        CoreModuleProperties.AUTH_METHODS.set(ssh.server, "publickey,publickey");

        assertThatThrownBy(() -> start("").close()).isInstanceOf(SshException.class);
    }

    private ClientSession start(String options) throws Exception {
        ssh.keys.add("alice", options, ssh.as(KEY));
        return ssh.start().logIn("alice");
    }

    private ClientSession start(LoginRestrictions restrictions) throws Exception {
        ssh.keys.add("alice", ssh.as(KEY), AuthorizedKeyOptions.of(restrictions), "");
        return ssh.start().logIn("alice");
    }

    private static Buffer request(ClientChannel channel, String name) throws IOException {
        Buffer request = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        request.putUInt(channel.getRecipient());
        request.putString(name);
        request.putBoolean(false);
        return request;
    }

    private static String exec(ClientSession session, String line) throws IOException {
        return outputOrRefusal(session.createExecChannel(line));
    }

    private static String shell(ClientSession session) throws IOException {
        ChannelShell channel = session.createShellChannel();
        channel.setUsePty(false);
        return outputOrRefusal(channel);
    }

    private static String subsystem(ClientSession session, String name) throws IOException {
        return outputOrRefusal(session.createSubsystemChannel(name));
    }

    private static String withEnvironment(ClientSession session) throws IOException {
        ChannelExec channel = session.createExecChannel("ls");
        channel.setEnv("LANG", "C");
        return outputOrRefusal(channel);
    }

    private static String outputOrRefusal(ClientChannel channel) throws IOException {
        try {
            String output = LoginFixture.output(channel);
            return output.isEmpty() ? REFUSED : output;
        } catch (SshException e) {
            return REFUSED;
        }
    }

    private static int readOrEnd(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }
}
