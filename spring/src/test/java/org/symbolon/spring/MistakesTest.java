package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.symbolon.Session;

/** What an application says that is configured wrongly. */
class MistakesTest {
    private static final String CANARY = "canary-4711";

    @TempDir
    private Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        List.of("symbolon.tokens.team.token=Team"),
                        "symbolon.tokens.team.uri is missing; it says where the token is, such as"
                                + " soft:sqlite:/var/lib/team.db"),
                arguments(
                        List.of("symbolon.tokens.team.uri=sotf:memory"),
                        "symbolon.tokens.team.uri: no backend on the class path opens sotf: URIs; those here open"
                                + " [agent, soft]. A backend is a dependency, such as org.symbolon:symbolon-softtoken for"
                                + " soft: URIs"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.pin=" + CANARY),
                        "symbolon.tokens.team.pin must not be the PIN itself; write where it is:"
                                + " file:/run/secrets/NAME or env:NAME. Leave out ${ }, with which Spring puts the value"
                                + " here"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.so-pin=" + CANARY),
                        "symbolon.tokens.team.so-pin must not be the PIN itself; write where it is:"
                                + " file:/run/secrets/NAME or env:NAME. Leave out ${ }, with which Spring puts the value"
                                + " here"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.login=pin"),
                        "symbolon.tokens.team.login is pin and there is none; set symbolon.tokens.team.pin: file:PATH"
                                + " or env:NAME"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.settings.kfd=x"),
                        "symbolon.tokens.team.settings.kfd is no setting of soft: URIs; they have [anchor,"
                                + " anchor-pin, "),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.timeout=0s"),
                        "symbolon.tokens.team.timeout is more than zero, such as 10s"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.token=pkcs11:nonsense"),
                        "symbolon.tokens.team.token: "),
                arguments(
                        List.of("symbolon.tokens.[a b].uri=soft:memory"),
                        "symbolon.tokens.a b: a token's name is up to 64 letters, digits, '_', '.' and '-'"),
                arguments(
                        List.of("symbolon.tokens.team.uri=soft:memory", "symbolon.jca.tokens=taem"),
                        "symbolon.jca.tokens names no token, 'taem'; there are team"),
                arguments(
                        List.of("symbolon.config=/nowhere/symbolon.yaml"),
                        "symbolon.config cannot be used:\n"
                                + "the configuration file /nowhere/symbolon.yaml cannot be read: there is no such file"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void start_withMistake_failsAndSaysWhich(List<String> properties, String message) {
        Contexts.runner().withPropertyValues(properties.toArray(new String[0])).run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());

            assertThat(Contexts.messages(failure)).contains(message).doesNotContain(CANARY);
            assertThat(analysis(failure).getDescription())
                    .contains(message.replace("\n", "\n    "))
                    .doesNotContain(CANARY);
        });
    }

    @Test
    void start_withSeveralMistakes_tellsAll() {
        Contexts.runner()
                .withPropertyValues("symbolon.tokens.a.token=A", "symbolon.tokens.b.uri=nowhere:")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.tokens.a.uri is missing", "symbolon.tokens.b.uri: "));
    }

    @Test
    void start_withUnknownKey_namesTheKeysThatThereAre() {
        Contexts.runner()
                .withPropertyValues("symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.pinn=" + CANARY)
                .run(context -> {
                    FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));

                    assertThat(analysis.getDescription())
                            .contains("symbolon.tokens.team.pinn")
                            .contains("symbolon.tokens.team has uri, token, login, pin, so-pin, timeout, settings")
                            .doesNotContain(CANARY);
                });
    }

    @Test
    void start_withUnknownKeyOfServer_namesTheKeysThatThereAre() {
        Contexts.runner()
                .withPropertyValues("symbolon.ssh.server.prot=22")
                .run(context -> assertThat(analysis(Objects.requireNonNull(context.getStartupFailure()))
                                .getDescription())
                        .contains("symbolon.ssh.server has port, address"));
    }

    @Test
    void start_withFileTokenOfSameName_isRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("symbolon.yaml"), "tokens:\n  team:\n    uri: soft:memory\n");

        Contexts.runner()
                .withPropertyValues("symbolon.config=" + file, "symbolon.tokens.team.uri=soft:memory")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.tokens.team is named by " + file + " too"));
    }

    @Test
    void pin_writtenAsInTheConfigurationFile_isExplained() {
        Contexts.runner()
                .withPropertyValues(
                        "symbolon.tokens.team.uri=soft:memory", "symbolon.tokens.team.pin=${file:/run/secrets/pin}")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("Leave out ${ }, with which Spring puts the value here"));
    }

    @Test
    void session_withMissingPinFile_isExplained() throws Exception {
        TestToken team = TestToken.in(directory);
        Files.delete(team.pinFile());

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.jca.enabled=true")
                .run(context -> assertThat(analysis(Objects.requireNonNull(context.getStartupFailure()))
                                .getDescription())
                        .startsWith("A token's configuration cannot be used: ")
                        .contains(team.pinFile().toString()));
    }

    @Test
    void session_withWrongPin_isExplained() throws Exception {
        TestToken team = TestToken.in(directory);
        Files.writeString(team.pinFile(), CANARY);

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.jca.enabled=true")
                .run(context -> {
                    FailureAnalysis analysis = analysis(Objects.requireNonNull(context.getStartupFailure()));

                    assertThat(analysis.getDescription())
                            .startsWith("A token cannot be used: ")
                            .contains("CKR_PIN_INCORRECT")
                            .doesNotContain(CANARY);
                    assertThat(analysis.getAction()).startsWith("Check the PIN that the token's pin refers to");
                });
    }

    @Test
    void session_onTokenThatIsNotThere_isExplained() throws Exception {
        TestToken team = TestToken.in(directory);

        Contexts.runner()
                .withPropertyValues(team.properties("team"))
                .withPropertyValues("symbolon.tokens.team.token=Taem")
                .run(context -> {
                    Throwable failure = catchThrowable(() -> context.getBean(Session.class));

                    assertThat(analysis(failure).getDescription()).contains("there are [\"Team\"]");
                });
    }

    @Test
    void tokens_askedForAnotherName_tellTheNames() {
        Contexts.runner()
                .withPropertyValues("symbolon.tokens.team.uri=soft:memory")
                .run(context -> assertThat(catchThrowable(
                                () -> context.getBean(SymbolonTokens.class).session("taem")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no token is named 'taem'; there are team"));
    }

    @Test
    void properties_shown_hidePins() {
        assertThat(new TokenProperties("soft:memory", null, null, CANARY, CANARY, null, java.util.Map.of()))
                .asString()
                .doesNotContain(CANARY);
    }

    /** What Spring Boot would print. */
    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, failed) -> {})
                .stream()
                .filter(analyzer -> analyzer.getClass().getPackageName().equals("org.symbolon.spring"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody explains it", failure));
    }
}
