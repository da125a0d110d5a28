package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizedKeyOptionsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String KEY =
            " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHKFFG4hYUVNbzRXCTUrPVWDmvpvz8AMgcGZh8vkTQrZ";

    @Test
    void parse_everyOptionOfOpenSsh_isUnderstood() throws Exception {
        AuthorizedKeyOptions options = parse("cert-authority,principals=\"alice,ops\",from=\"10.0.0.0/8,!10.1.*\","
                + "expiry-time=\"20300102Z\",command=\"echo \\\"hi\\\"\",environment=\"A=b=c\",environment=\"A=later\","
                + "restrict,pty,permitopen=\"db:5432\",permitopen=\"[::1]:*\",permitlisten=\"8080\",tunnel=\"7\","
                + "no-touch-required,verify-required");

        LoginRestrictions restrictions = options.restrictions();
        assertThat(options.certificateAuthority()).isTrue();
        assertThat(options.principals()).containsExactly("alice", "ops");
        assertThat(restrictions.from()).containsExactly(SourcePatterns.parse("10.0.0.0/8,!10.1.*"));
        assertThat(restrictions.expiry()).contains(Instant.parse("2030-01-02T00:00:00Z"));
        assertThat(restrictions.command()).contains("echo \"hi\"");
        assertThat(restrictions.environment()).isEqualTo(Map.of("A", "b=c"));
        assertThat(restrictions.denied())
                .containsExactlyInAnyOrder(
                        LoginRight.PORT_FORWARDING,
                        LoginRight.AGENT_FORWARDING,
                        LoginRight.X11_FORWARDING,
                        LoginRight.USER_RC);
        assertThat(restrictions.permittedOpens())
                .contains(List.of(new ForwardTarget("db", 5432), new ForwardTarget("::1", ForwardTarget.ANY_PORT)));
        assertThat(restrictions.permittedListens()).contains(List.of(new ForwardTarget("*", 8080)));
        assertThat(restrictions.tunnel()).hasValue(7);
        assertThat(restrictions.touchRequired()).isFalse();
        assertThat(restrictions.verifyRequired()).isTrue();
        assertThat(options.knownToOpenSsh()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "20300702, 2030-07-01T22:00:00Z",
        "20300702Z, 2030-07-02T00:00:00Z",
        "203001020304, 2030-01-02T02:04:00Z",
        "20300102030405, 2030-01-02T02:04:05Z",
        "20300102030405Z, 2030-01-02T03:04:05Z"
    })
    void parse_expiry_isOfThisZoneOrUtc(String text, Instant moment) throws Exception {
        assertThat(parse("expiry-time=\"" + text + "\"").restrictions().expiry())
                .contains(moment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such-option | no-such-option without a value is not known",
                "pty=\"x\" | pty with a value is not known",
                "from | from without a value is not known",
                "from=\"10.0.0.1/8\" | from: \"10.0.0.1/8\" is no network: its address has bits after the first 8",
                "from=\"10.0.0.0/33\" | after the slash stands a number of bits, 0 to 32",
                "from=\"a b\" | from has the pattern",
                "from=\"dead:beef\" | from: \"dead:beef\" is no address",
                "from=\"\" | from has a pattern of 0 characters",
                "expiry-time=\"20301301\" | expiry-time: \"20301301\" is not YYYYMMDD",
                "expiry-time=\"tomorrow\" | is not YYYYMMDD",
                "permitopen=\"22\" | permitopen: \"22\" is not host:port",
                "permitopen=\"a:99999\" | The port 99999",
                "permitlisten=\"a:0\" | has the port 0; every port is *",
                "environment=\"A\" | environment: it has no NAME=value",
                "environment=\"A B=c\" | environment names the variable \"A B\"",
                "principals=\"a\" | principals stands without cert-authority",
                "command=\"a\",command=\"b\" | command stands more than once",
                "tunnel=\"x\" | tunnel: it is a number of a device, or any",
                "subsystems=\"a b\" | subsystems names \"a b\""
            })
    void parse_badOption_isNamed(String options, String message) {
        assertThatThrownBy(() -> parse(options))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=\"10.0.0.0/8\",from=\"*.example.org\"",
                "expiry-time=\"20300102030405Z\",command=\"\"",
                "no-pty,no-shell,no-exec,no-env,subsystems=\"sftp\"",
                "subsystems=\"\"",
                "cert-authority,principals=\"a\",verify-required",
                "permitopen=\"*:22\",permitlisten=\"[::1]:8080\",permitlisten=\"localhost:*\"",
                "command=\"a \\\"b\\\" \\\\ c\",environment=\"B=\",environment=\"A=1\",tunnel=\"0\"",
                "restrict,pty"
            })
    void toOptions_ofWhatWasRead_isReadTheSame(String text) throws Exception {
        AuthorizedKeyOptions options = parse(text);

        String line = AuthorizedKeysLine.of(SshPublicKey.parseOpenSshLine(KEY.strip()), options, "a comment")
                .toLine();

        AuthorizedKeysLine again = AuthorizedKeysLine.parse(line);
        assertThat(again.meaning()).isEqualTo(options);
        assertThat(again.comment()).isEqualTo("a comment");
    }

    @Test
    void toOptions_noTargets_isNotEveryTarget() throws Exception {
        AuthorizedKeyOptions nowhere = AuthorizedKeyOptions.of(LoginRestrictions.builder()
                .permitOpen(List.of())
                .permitListen(List.of())
                .build());

        AuthorizedKeyOptions again = AuthorizedKeyOptions.parse(nowhere.toOptions());

        assertThat(again).isEqualTo(nowhere);
        assertThat(again.restrictions().allowsOpen("localhost", 22)).isFalse();
        assertThat(again.restrictions().allowsListen("localhost", 22)).isFalse();
    }

    @Test
    void of_commandThatEndsInABackslash_isRefused() {
        AuthorizedKeyOptions options = AuthorizedKeyOptions.of(
                LoginRestrictions.builder().command("x\\").build());

        assertThatThrownBy(options::toOptions)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not end in a backslash");
    }

    @Test
    void and_isTheStricterOfBoth() throws Exception {
        LoginRestrictions one = parse("from=\"10.0.0.0/8\",expiry-time=\"20310101Z\",command=\"a\",no-pty,"
                        + "permitopen=\"*:22\",subsystems=\"sftp,publickey\",no-touch-required,environment=\"A=1\"")
                .restrictions();
        LoginRestrictions other = parse(
                        "from=\"10.1.*\",expiry-time=\"20300101Z\",command=\"b\",no-agent-forwarding,"
                                + "permitopen=\"db:*\",permitopen=\"x:80\",subsystems=\"sftp\",verify-required,environment=\"A=2\"")
                .restrictions();

        LoginRestrictions both = one.and(other);

        assertThat(both.allowsFrom(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(both.allowsFrom(InetAddress.getByName("10.2.2.3"))).isFalse();
        assertThat(both.expiry()).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(both.command()).contains("");
        assertThat(both.denied()).containsExactlyInAnyOrder(LoginRight.PTY, LoginRight.AGENT_FORWARDING);
        assertThat(both.permittedOpens()).contains(List.of(new ForwardTarget("db", 22)));
        assertThat(both.subsystems()).contains(Set.of("sftp"));
        assertThat(both.touchRequired()).isTrue();
        assertThat(both.verifyRequired()).isTrue();
        assertThat(both.environment()).isEqualTo(Map.of("A", "1"));
        assertThat(LoginRestrictions.UNRESTRICTED.and(other)).isEqualTo(other);
        assertThat(other.and(LoginRestrictions.UNRESTRICTED)).isEqualTo(other);
        assertThat(one.and(LoginRestrictions.UNRESTRICTED).touchRequired()).isTrue();
        assertThat(one.and(one).command()).contains("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8 | 10.255.0.1 | '' | true",
                "10.0.0.0/8 | 11.0.0.1 | '' | false",
                "0.0.0.0/0 | 11.0.0.1 | '' | true",
                "0.0.0.0/0 | 2001:db8::1 | '' | false",
                "2001:db8::/32 | 2001:db8:1::1 | '' | true",
                "2001:DB8::1 | 2001:db8:0:0:0:0:0:1 | '' | true",
                "2001:db8:*:1 | 2001:db8::1 | '' | true",
                "192.168.1.? | 192.168.1.7 | '' | true",
                "192.168.1.? | 192.168.1.77 | '' | false",
                "*,!10.1.0.0/16 | 10.1.2.3 | '' | false",
                "*,!10.1.0.0/16 | 10.2.2.3 | '' | true",
                "!10.1.0.0/16 | 10.2.2.3 | '' | false",
                "*.example.org | 10.1.2.3 | A.Example.Org | true",
                "*.example.org | 10.1.2.3 | '' | false",
                "*,!bad.example.org | 10.1.2.3 | bad.example.org | false",
                "999.1.1.1 | 10.1.2.3 | '' | false"
            })
    void from_matches_asOpenSshDoes(String patterns, String address, String name, boolean matches) throws Exception {
        assertThat(SourcePatterns.parse(patterns).matches(InetAddress.getByName(address), name))
                .isEqualTo(matches);
    }

    @Test
    void from_manyStars_doesNotTakeForever() throws Exception {
        String pattern = "*a".repeat(120) + "b";

        assertThat(SourcePatterns.parse(pattern).matches(InetAddress.getLoopbackAddress(), "a".repeat(250)))
                .isFalse();
    }

    @Test
    void isExpired_fromTheMomentOn() {
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        LoginRestrictions restrictions = LoginRestrictions.builder().expiry(end).build();

        assertThat(restrictions.isExpired(end.minusSeconds(1))).isFalse();
        assertThat(restrictions.isExpired(end)).isTrue();
    }

    @Test
    void forwarding_denied_beatsItsTargets() {
        LoginRestrictions restrictions = LoginRestrictions.builder()
                .deny(LoginRight.PORT_FORWARDING)
                .permitOpen(List.of(new ForwardTarget("*", 0)))
                .build();

        assertThat(restrictions.allowsOpen("localhost", 22)).isFalse();
        assertThat(restrictions.toBuilder()
                        .allow(LoginRight.PORT_FORWARDING)
                        .build()
                        .allowsOpen("localhost", 22))
                .isTrue();
        assertThat(restrictions.command()).isEqualTo(Optional.empty());
    }

    private static AuthorizedKeyOptions parse(String options) throws SshFormatException {
        return AuthorizedKeyOptions.parse(
                AuthorizedKeysLine.parse(options + KEY).options(), BERLIN);
    }
}
