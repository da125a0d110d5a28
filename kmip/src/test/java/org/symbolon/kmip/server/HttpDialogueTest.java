package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.kmip.enumeration.QueryFunction;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.operation.Query;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvJson;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;
import org.symbolon.serve.ReplyStream;

/** KMIP in HTTP, and what is no such thing. */
class HttpDialogueTest {
    private static final String HOST = "Host: kmip.example.com\r\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private MachineRig rig;
    private HttpDialogue http;

    @BeforeEach
    void open() throws Exception {
        rig = new MachineRig();
        http = new HttpDialogue(Optional.of("/kmip"), rig.machine(), TtlvLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private String said(byte[] request) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(request);
        while (in.available() > 0) {
            http.answer(in, new ReplyStream(out), MachineRig.ALICE, () -> {});
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] post(String fields, byte[] body) {
        byte[] head = ("POST /kmip HTTP/1.1\r\n" + HOST + fields + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private static Ttlv query() {
        Query.Request query = new Query.Request(List.of(QueryFunction.QUERY_SERVER_INFORMATION), null);
        RequestBatchItem item = new RequestBatchItem(
                OperationTable.rowOf(query).operation(),
                null,
                null,
                MessageCodec.encodePayload(query, KmipVersion.V1_4),
                List.of());
        return MessageCodec.encode(new RequestMessage(MachineRig.header(KmipVersion.V1_4, 1), List.of(item)));
    }

    private static byte[] body(String reply) {
        return reply.substring(reply.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertSuccess(Ttlv response) throws MalformedTtlvException {
        assertThat(MessageCodec.decodeResponse(response).items().get(0).resultStatus())
                .isEqualTo(ResultStatus.SUCCESS);
    }

    @Test
    void request_inEachEncoding_isAnsweredInTheSame() throws IOException {
        String ttlv = said(post("Content-Type: application/octet-stream\r\n", TtlvEncoder.encode(query())));
        assertThat(ttlv).startsWith("HTTP/1.1 200 OK\r\n").contains("Cache-Control: no-cache\r\n");
        assertSuccess(TtlvDecoder.decode(body(ttlv), TtlvLimits.DEFAULT));
        out.reset();
        assertSuccess(TtlvXml.decode(
                body(said(post("Content-Type: text/xml; charset=utf-8\r\n", TtlvXml.encode(query())))),
                TtlvLimits.DEFAULT));
        out.reset();
        assertSuccess(TtlvJson.decode(
                body(said(post("content-type:application/json\r\n", TtlvJson.encode(query())))), TtlvLimits.DEFAULT));
    }

    @Test
    void body_thatIsNoKmip_getsKmipsError() throws IOException {
        String reply = said(post("Content-Type: application/json\r\n", "{]".getBytes(StandardCharsets.US_ASCII)));

        assertThat(reply)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("InvalidMessage")
                .contains("no JSON: line 1");
    }

    @Test
    void continue_isSaidToThoseWhoWaitForIt() throws IOException {
        assertThat(said(post("Expect: 100-continue\r\nContent-Type: text/xml\r\n", TtlvXml.encode(query()))))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 0\nContent-Length: 0\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 4\nTransfer-Encoding: chunked\n\n', 501 Not",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length : 4\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: +4\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 4\n 5\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 999999999\n\n', 413 Content",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 9999999999\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nContent-Length: 0\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\n\n', 411 Length",
        "'POST /other HTTP/1.1\nHost: a\nContent-Length: 0\n\n', 404 Not",
        "'POST /kmip HTTP/1.1\nHost: a\nContent-Length: 0\n\n', 415 Unsupported",
        "'POST /kmip HTTP/2.0\nHost: a\nContent-Length: 0\n\n', 505 HTTP",
        "'PUT /kmip HTTP/1.1\nHost: a\nContent-Length: 0\n\n', 405 Method",
        "'POST  /kmip HTTP/1.1\nHost: a\nContent-Length: 0\n\n', 400 Bad",
        "'POST /kmip HTTP/1.1\nHost: a\nExpect: money\nContent-Length: 0\n\n', 417 Expectation"
    })
    void head_thatIsAmbiguousOrForOthers_endsTheConnectionWithAStatus(String head, String status) {
        byte[] request = head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> said(request)).isInstanceOf(MalformedHttpException.class);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 " + status)
                .contains("Connection: close");
    }

    @Test
    void line_thatEndsInLfAlone_isNoHttp() {
        assertThatThrownBy(() -> said("POST /kmip HTTP/1.1\nHost: a\n\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedHttpException.class)
                .hasMessageContaining("CR LF");
    }

    @Test
    void head_withoutEnd_isReadToItsBound() {
        byte[] endless = ("POST /kmip HTTP/1.1\r\nHost: " + "a".repeat(20_000)).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> said(endless)).hasMessageContaining(String.valueOf(HttpRequest.MAX_HEAD_BYTES));
        assertThat(out.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 431");
    }
}
