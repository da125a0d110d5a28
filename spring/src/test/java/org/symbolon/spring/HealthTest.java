package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

class HealthTest {
    @TempDir
    private Path directory;

    private TestToken team;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
    }

    @Test
    void health_ofTokenThatAnswers_isUpWithoutLogin() throws Exception {
        Files.delete(team.pinFile());

        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            Health health = health(context, "team");

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("label", "Team")
                    .containsEntry("inUse", false)
                    .containsEntry("userTriesLeft", TestToken.TRIES)
                    .containsKeys("serialNumber", "model");
        });
    }

    @Test
    void health_ofTokenInUse_saysSo() {
        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            context.getBean(Session.class);

            assertThat(health(context, "team").getDetails()).containsEntry("inUse", true);
        });
    }

    @Test
    void health_ofTokenThatIsNotThere_isDownAndSaysWhy() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.tokens.team.token=Taem")
                .run(context -> {
                    Health health = health(context, "team");

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(String.valueOf(health.getDetails().get("error"))).contains("no token matches");
                });
    }

    @Test
    void health_ofLockedToken_isOutOfService() throws Exception {
        lock();

        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            Health health = health(context, "team");

            assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health.getDetails()).extracting("flags").asString().contains("CKF_USER_PIN_LOCKED");
        });
    }

    private void lock() throws Exception {
        try (TokenModule module = TokenModule.open(team.uri());
                Pin wrong = Pin.of("wrong".toCharArray())) {
            Token token = module.token(TestToken.LABEL);
            for (int i = 0; i < TestToken.TRIES; i++) {
                assertThatThrownBy(() -> token.open(Login.user(wrong))).isInstanceOf(TokenException.class);
            }
        }
    }

    @Test
    void health_disabled_isNotThere() {
        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("management.health.symbolon.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("symbolonHealthContributor"));
    }

    @Test
    void health_withoutSpringBootsHealth_isNotThere() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(team.properties("team"))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("symbolonHealthContributor"));
    }

    private static Health health(ApplicationContext context, String token) {
        CompositeHealthContributor all = context.getBean(CompositeHealthContributor.class);
        return Objects.requireNonNull(
                ((HealthIndicator) Objects.requireNonNull(all.getContributor(token))).health(true));
    }

    @Test
    void details_ofHealth_holdNoSecret() {
        Contexts.runner().withPropertyValues(team.properties("team")).run(context -> {
            context.getBean(Session.class);
            Map<String, Object> details = health(context, "team").getDetails();

            assertThat(details.toString())
                    .doesNotContain("4711x", team.pinFile().toString());
        });
    }

    /** Names classes, as Spring Boot does, so that what is not there is left out before it is loaded. */
    private static final class Starter implements ImportSelector {
        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {
                SymbolonAutoConfiguration.class.getName(), SymbolonHealthAutoConfiguration.class.getName()
            };
        }
    }

    /** An application. */
    @Configuration(proxyBeanMethods = false)
    @Import(Starter.class)
    static class Application {}
}
