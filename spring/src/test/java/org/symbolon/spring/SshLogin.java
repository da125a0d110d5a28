package org.symbolon.spring;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.CommandFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.symbolon.ssh.mina.TokenSsh;

/** An application with an SSH server, and logins to it. */
final class SshLogin {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private SshLogin() {}

    /** What is done by a user who has logged in. */
    @FunctionalInterface
    interface Work {
        String run(ClientSession session) throws Exception;
    }

    static ApplicationContextRunner application(TestToken team, String... properties) {
        return Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues(properties)
                .withBean(CommandFactory.class, () -> (channel, command) -> new Echo(command));
    }

    static ApplicationContextRunner server(TestToken team, String... properties) {
        return application(
                        team,
                        "symbolon.ssh.users=team",
                        "symbolon.ssh.host-keys=team",
                        "symbolon.ssh.host-key-label=ssh-host",
                        "symbolon.ssh.server.port=0",
                        "symbolon.ssh.server.address=127.0.0.1")
                .withPropertyValues(properties);
    }

    static String as(
            String user,
            ApplicationContext context,
            Consumer<SshClient> client,
            Consumer<ClientSession> identities,
            Work work)
            throws Exception {
        try (SshClient starting = TokenSsh.configure(SshClient.setUpDefaultClient())) {
            client.accept(starting);
            starting.start();
            int port = context.getBean(SshServer.class).getPort();
            try (ClientSession session =
                    starting.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession()) {
                identities.accept(session);
                session.auth().verify(PATIENCE);
                return work.run(session);
            }
        }
    }

    /** Says who asked for what. */
    private static final class Echo extends AbstractCommandSupport {
        Echo(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            Throwable failure = catchThrowable(() -> {
                String answer = getServerSession().getUsername() + " " + getCommand();
                getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                getOutputStream().flush();
            });
            onExit(failure == null ? 0 : 1);
        }
    }
}
