package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ssh.ForwardTarget;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SourcePatterns;

class KeyAttributesTest {
    private static LoginRestrictions restrictions(KeyAttribute... attributes) throws Exception {
        return read(attributes).restrictions();
    }

    private static KeyAttributes read(KeyAttribute... attributes) throws Exception {
        return KeyAttributes.ofKey(List.of(attributes), false, SubsystemVersion.RFC7076);
    }

    private static void assertRefused(KeyAttribute... attributes) {
        assertThatThrownBy(() -> read(attributes))
                .isInstanceOfSatisfying(
                        PublicKeySubsystemException.class,
                        e -> assertThat(e.status()).isEqualTo(SubsystemStatus.ATTRIBUTE_NOT_SUPPORTED));
    }

    @Test
    void none_restrictsNothing() throws Exception {
        assertThat(restrictions()).isEqualTo(LoginRestrictions.UNRESTRICTED);
    }

    @ParameterizedTest
    @CsvSource({"x11,X11_FORWARDING", "shell,SHELL", "exec,EXEC", "agent,AGENT_FORWARDING", "env,ENVIRONMENT_REQUESTS"})
    void presence_deniesTheRight(String name, LoginRight right) throws Exception {
        LoginRestrictions restrictions = restrictions(KeyAttribute.optional(name, ""));

        assertThat(restrictions.denied()).containsExactly(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uptime -p", "echo \"a\\b\""})
    void commandOverride_isForced(String command) throws Exception {
        assertThat(restrictions(KeyAttribute.critical("command-override", command))
                        .command())
                .hasValue(command);
    }

    @Test
    void subsystem_listsWhatIsLeft() throws Exception {
        LoginRestrictions some = restrictions(KeyAttribute.critical("subsystem", "sftp, publickey"));
        LoginRestrictions none = restrictions(KeyAttribute.critical("subsystem", ""));

        assertThat(some.allowsSubsystem("sftp")).isTrue();
        assertThat(some.allowsSubsystem("netconf")).isFalse();
        assertThat(none.allowsSubsystem("sftp")).isFalse();
    }

    @Test
    void from_isAPatternList() throws Exception {
        assertThat(restrictions(KeyAttribute.critical("from", "10.0.0.0/8,*.example.com"))
                        .from())
                .containsExactly(SourcePatterns.parse("10.0.0.0/8,*.example.com"));
    }

    @Test
    void portForward_isAllPortsOfTheseHostsAndNoOthers() throws Exception {
        LoginRestrictions some = restrictions(KeyAttribute.critical("port-forward", "db.example.com,2001:db8::1"));
        LoginRestrictions none = restrictions(KeyAttribute.critical("port-forward", ""));

        assertThat(some.allowsOpen("db.example.com", 5432)).isTrue();
        assertThat(some.allowsOpen("2001:db8::1", 22)).isTrue();
        assertThat(some.allowsOpen("other.example.com", 5432)).isFalse();
        assertThat(some.allowsListen("localhost", 8080)).isTrue();
        assertThat(none.allowsOpen("db.example.com", 5432)).isFalse();
    }

    @Test
    void reverseForward_isThesePortsAndNoOthers() throws Exception {
        LoginRestrictions some = restrictions(KeyAttribute.critical("reverse-forward", "8080,8443"));
        LoginRestrictions none = restrictions(KeyAttribute.critical("reverse-forward", ""));

        assertThat(some.permittedListens())
                .hasValue(List.of(new ForwardTarget("*", 8080), new ForwardTarget("*", 8443)));
        assertThat(some.allowsListen("", 22)).isFalse();
        assertThat(some.allowsOpen("anywhere", 1)).isTrue();
        assertThat(none.allowsListen("localhost", 8080)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "from,''",
        "from,'a,,b'",
        "from,10.0.0.0/99",
        "port-forward,'a b'",
        "reverse-forward,0",
        "reverse-forward,65536",
        "reverse-forward,http",
        "subsystem,'a\"b'"
    })
    void value_thatCannotBeEnforced_isRefusedEvenIfNotCritical(String name, String value) {
        assertRefused(KeyAttribute.optional(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0", "\u001b", "\u0085", "\u2028", "a\nssh-rsa AAAA"})
    void value_withControlCharacters_isRefused(String value) {
        assertRefused(KeyAttribute.comment(value));
        assertRefused(KeyAttribute.critical("command-override", value));
        assertRefused(KeyAttribute.optional("namespace", value));
    }

    @Test
    void unknown_isRefusedIfCriticalAndElseLeftOut() throws Exception {
        assertRefused(KeyAttribute.critical("nonsense@example.com", ""));
        assertRefused(KeyAttribute.critical("FROM", "10.0.0.1"));

        assertThat(read(KeyAttribute.optional("nonsense@example.com", "")).kept())
                .isEmpty();
    }

    @Test
    void restriction_twice_isRefusedAndCommentsAreNot() throws Exception {
        assertRefused(KeyAttribute.critical("from", "10.0.0.1"), KeyAttribute.critical("from", "10.0.0.2"));
        assertRefused(KeyAttribute.optional("namespace", "a"), KeyAttribute.optional("namespace", "b"));

        List<KeyAttribute> comments = List.of(
                KeyAttribute.comment(" one "),
                KeyAttribute.optional("comment-language", "en"),
                KeyAttribute.comment("eins & zwei = ä%+"),
                KeyAttribute.optional("comment-language", "de"));
        KeyAttributes read = read(comments.toArray(KeyAttribute[]::new));

        assertThat(read.kept()).isEqualTo(comments);
        assertThat(SelfServiceRecord.read(SelfServiceRecord.write(read.kept()))).isEqualTo(comments);
        assertThat(read.comment()).isEqualTo(" one ");
    }

    @Test
    void openSshServers_doNotKnowWhatOpenSshCannotEnforce() throws Exception {
        for (String name : List.of("subsystem", "shell", "exec", "env")) {
            assertThatThrownBy(() -> KeyAttributes.ofKey(
                            List.of(KeyAttribute.critical(name, "")), true, SubsystemVersion.RFC4819))
                    .isInstanceOf(PublicKeySubsystemException.class);
            assertThat(KeyAttributes.ofKey(List.of(KeyAttribute.optional(name, "")), true, SubsystemVersion.RFC4819)
                            .restrictions())
                    .isEqualTo(LoginRestrictions.UNRESTRICTED);
        }
        assertThat(KeyAttributes.known(true)).hasSize(8).doesNotContain("subsystem", "shell", "exec", "env");
        assertThat(KeyAttributes.known(false)).hasSize(12);
    }

    @Test
    void namespace_inRfc4819_isUnknown() throws Exception {
        List<KeyAttribute> namespace = List.of(KeyAttribute.optional("namespace", "ssl"));

        assertThat(KeyAttributes.ofKey(namespace, false, SubsystemVersion.RFC4819)
                        .namespace())
                .isEmpty();
        assertThat(KeyAttributes.ofKey(namespace, false, SubsystemVersion.RFC7076)
                        .namespace())
                .hasValue("ssl");
        assertRefused(KeyAttribute.optional("namespace", "a".repeat(301)));
        assertRefused(KeyAttribute.optional("namespace", " "));
        assertRefused(KeyAttribute.optional("namespace", "{user}"));
    }

    @Test
    void describe_ofWhatWasRead_isTheSame() throws Exception {
        List<KeyAttribute> all = new ArrayList<>(List.of(
                KeyAttribute.critical("command-override", "uptime"),
                KeyAttribute.critical("subsystem", "sftp"),
                KeyAttribute.critical("x11", ""),
                KeyAttribute.critical("shell", ""),
                KeyAttribute.critical("exec", ""),
                KeyAttribute.critical("agent", ""),
                KeyAttribute.critical("env", ""),
                KeyAttribute.critical("from", "10.0.0.1"),
                KeyAttribute.critical("port-forward", "a,b"),
                KeyAttribute.critical("reverse-forward", "80")));

        assertThat(KeyAttributes.describe(restrictions(all.toArray(KeyAttribute[]::new))))
                .isEqualTo(all);
        assertThat(KeyAttributes.describe(LoginRestrictions.builder()
                        .deny(LoginRight.PORT_FORWARDING)
                        .build()))
                .containsExactly(
                        KeyAttribute.critical("port-forward", ""), KeyAttribute.critical("reverse-forward", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "ä", "a\n"})
    void name_thatIsNone_isRefused(String name) {
        assertThatThrownBy(() -> KeyAttribute.optional(name, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyAttribute.optional("a".repeat(65), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
