package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.symbolon.Mechanism;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;

class TokenBeansTest {
    @TempDir
    private Path directory;

    private TestToken team;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
    }

    @Test
    void beans_ofOneToken_areThere() throws Exception {
        team.generate("deploy");

        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            Session session = context.getBean(Session.class);
            byte[] message = "release 1.0".getBytes(StandardCharsets.UTF_8);
            byte[] signature = session.sign(session.privateKey("deploy"), Mechanism.ECDSA_SHA256, message);

            assertThat(session.verify(session.publicKey("deploy"), Mechanism.ECDSA_SHA256, message, signature))
                    .isTrue();
            assertThat(session.info().role()).isEqualTo(Role.USER);
            assertThat(context.getBean("teamSession")).isSameAs(session);
            assertThat(context.getBean(SymbolonTokens.class).session("team")).isSameAs(session);
            assertThat(context.getBean(TokenModule.class)
                            .token(TestToken.LABEL)
                            .info()
                            .label())
                    .isEqualTo(TestToken.LABEL);
            assertThat(context.getBean(SymbolonProvider.class).getName()).isEqualTo("Symbolon-team");
        });
    }

    @Test
    void beans_ofTwoTokens_areToldApartByQualifier() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.tokens.scratch.uri=" + team.uri())
                .withUserConfiguration(Qualified.class)
                .run(context -> {
                    Sessions sessions = context.getBean(Sessions.class);

                    assertThat(sessions.team.info().role()).isEqualTo(Role.USER);
                    assertThat(sessions.scratch.info().role()).isNotEqualTo(Role.USER);
                    assertThat(context.getBean(SymbolonTokens.class).names()).containsOnly("team", "scratch");
                });
    }

    @Test
    void beans_thatNobodyNeeds_openNothing() throws Exception {
        Files.delete(team.pinFile());

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void context_whenClosed_closesSessions() {
        AtomicReference<Session> used = new AtomicReference<>();

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .run(context -> used.set(context.getBean(Session.class)));

        assertThat(Objects.requireNonNull(used.get()).isClosed()).isTrue();
    }

    @Test
    void tokens_ofConfigurationFile_areBeansToo() throws Exception {
        Path file = Files.writeString(
                directory.resolve("symbolon.yaml"),
                "tokens:\n  filed:\n    uri: " + team.uri() + "\n    pin: ${file:" + team.pinFile() + "}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Contexts.runner()
                .withPropertyValues("symbolon.config=" + file)
                .run(context -> assertThat(context.getBean("filedSession", Session.class)
                                .info()
                                .role())
                        .isEqualTo(Role.USER));
    }

    @Test
    void customizers_seeEverySession() {
        AtomicReference<String> seen = new AtomicReference<>("");

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withBean("watching", SessionCustomizer.class, () -> (token, session) -> {
                    seen.updateAndGet(before -> before + token);
                    return session;
                })
                .run(context -> {
                    context.getBean(Session.class);
                    context.getBean(SymbolonProvider.class);
                });

        assertThat(seen.get()).isEqualTo("team");
    }

    @Test
    void provider_byDefault_isNotInstalled() {
        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            context.getBean(SymbolonProvider.class);

            assertThat(Security.getProvider("Symbolon-team")).isNull();
        });
    }

    @Test
    void provider_whenEnabled_isLastUntilTheApplicationEnds() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.jca.enabled=true")
                .run(context -> {
                    var providers = Security.getProviders();
                    assertThat(providers[providers.length - 1]).isSameAs(context.getBean(SymbolonProvider.class));
                });

        assertThat(Security.getProvider("Symbolon-team")).isNull();
    }

    @Test
    void providers_ofTwoApplications_haveNamesOfTheirOwn() {
        String[] properties = team.properties("team");

        Contexts.runner()
                .withPropertyValues(properties)
                .withPropertyValues("symbolon.jca.enabled=true")
                .run(first -> Contexts.runner()
                        .withPropertyValues(properties)
                        .withPropertyValues("symbolon.jca.enabled=true")
                        .run(second -> assertThat(
                                        second.getBean(SymbolonProvider.class).getName())
                                .isEqualTo("Symbolon-team-2")));
    }

    @Test
    void pin_thatWasRefused_isNotTriedAgain() throws Exception {
        Files.writeString(team.pinFile(), "wrong");

        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            SymbolonTokens tokens = context.getBean(SymbolonTokens.class);
            for (int i = 0; i < 3; i++) {
                assertThat(catchThrowable(() -> tokens.session("team"))).hasMessageContaining("CKR_PIN_INCORRECT");
            }
            assertThat(tokens.token("team").info().userTriesLeft()).hasValue(TestToken.TRIES - 1);
        });
    }

    /** Sessions by qualifier. */
    record Sessions(Session team, Session scratch) {}

    /** An application's own configuration. */
    @Configuration(proxyBeanMethods = false)
    static class Qualified {
        @Bean
        @Lazy
        Sessions sessions(@Qualifier("team") Session first, @Qualifier("scratch") Session second) {
            return new Sessions(first, second);
        }
    }
}
