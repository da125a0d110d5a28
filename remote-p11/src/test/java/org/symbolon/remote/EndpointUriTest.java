package org.symbolon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.symbolon.remote.oncrpc.GssClient;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.remote.transport.CrushEndpoint;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.ExecEndpoint;
import org.symbolon.remote.transport.KerberosEndpoint;
import org.symbolon.remote.transport.TlsEndpoint;
import org.symbolon.remote.transport.UnixEndpoint;

class EndpointUriTest {
    private static final SSLSocketFactory SOCKETS = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private static final GssClient.Initiator NO_TICKETS = () -> {
        throw new IOException("there are no tickets here");
    };

    @Test
    void unix_ofAPath_isThatSocket() {
        assertThat(parse("unix:path=/run/user/1000/p11-kit/pkcs11"))
                .isEqualTo(List.of(new UnixEndpoint(Path.of("/run/user/1000/p11-kit/pkcs11"))));
        assertThat(parse("unix:path=/a%20b+c")).isEqualTo(List.of(new UnixEndpoint(Path.of("/a b+c"))));
    }

    @Test
    void unix_ofARelativePath_isRefused() {
        assertThatThrownBy(() -> parse("unix:path=p11.sock"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unix:path= wants an absolute path, not p11.sock");
    }

    @Test
    void exec_ofACommand_hasItsWords() {
        List<Endpoint> expected = List.of(new ExecEndpoint(List.of("p11-kit", "remote", "/usr/lib/a b.so")));
        assertThat(parse("exec:command=p11-kit remote '/usr/lib/a b.so'")).isEqualTo(expected);
        assertThat(parse("exec:command=p11-kit remote \"/usr/lib/a b.so\"")).isEqualTo(expected);
        assertThat(parse("exec:command=p11-kit%20remote%20'/usr/lib/a%20b.so'")).isEqualTo(expected);
        assertThat(parse("exec:command=\"p11-kit remote '/usr/lib/a b.so'\"")).isEqualTo(expected);
    }

    @Test
    void exec_ofNothing_isRefused() {
        for (String uri : List.of("exec:command=", "exec:command=%20", "exec:command=\"\"")) {
            assertThatThrownBy(() -> parse(uri))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("wants a program");
        }
    }

    @Test
    void tls_ofServers_hasOneEndpointEach() {
        assertThat(parse("tls://one.example,two.example:3456"))
                .isEqualTo(List.of(
                        new TlsEndpoint("one.example", 3456, SOCKETS), new TlsEndpoint("two.example", 3456, SOCKETS)));
        assertThat(parse("tls://[2001:db8::1]:3456/"))
                .isEqualTo(List.of(new TlsEndpoint("2001:db8::1", 3456, SOCKETS)));
    }

    @Test
    void krb5_ofServers_hasOneEndpointEach() {
        assertThat(parse("krb5://one.example,two.example:3456"))
                .isEqualTo(List.of(
                        new KerberosEndpoint("one.example", 3456, NO_TICKETS, GssService.PRIVACY),
                        new KerberosEndpoint("two.example", 3456, NO_TICKETS, GssService.PRIVACY)));
    }

    @Test
    void crush_ofServers_hasOneEndpointEach() {
        assertThat(parse("crush://one.example,two.example:4444/softhsm"))
                .isEqualTo(List.of(
                        new CrushEndpoint("one.example", 4444, "softhsm"),
                        new CrushEndpoint("two.example", 4444, "softhsm")));
    }

    @Test
    void parse_anythingElse_saysWhatThereIs() {
        for (String uri : List.of("", "tcp://host:1", "tls://host", "tls://:1", "tls://host:x", "/run/p11.sock")) {
            assertThatThrownBy(() -> parse(uri))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("p11:unix:path=PATH, p11:exec:command=COMMAND, p11:tls://");
        }
        assertThatThrownBy(() -> parse("tls://host:65536")).hasMessageContaining("1 to 65535, not 65536");
        assertThatThrownBy(() -> parse("unix:path=/a%zz")).hasMessageContaining("two hexadecimal digits");
    }

    private static List<Endpoint> parse(String uri) {
        return EndpointUri.parse(
                uri, SOCKETS, (host, port) -> new KerberosEndpoint(host, port, NO_TICKETS, GssService.PRIVACY));
    }
}
