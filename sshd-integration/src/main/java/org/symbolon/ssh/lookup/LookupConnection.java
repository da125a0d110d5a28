package org.symbolon.ssh.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.serve.ClientStream;
import org.symbolon.serve.ClientTimes;
import org.symbolon.serve.RefusalLog;
import org.symbolon.serve.ServedClient;
import org.symbolon.ssh.Text;

/** A client that asks one thing. */
final class LookupConnection extends ServedClient {
    private static final Logger LOG = LoggerFactory.getLogger(LookupConnection.class);
    private static final int MAX_FIELDS = 3;
    private static final String FAILED = "failed\n";

    private final SshLookup lookup;

    LookupConnection(ClientStream stream, SshLookup lookup, ClientTimes times, RefusalLog refusals) {
        super(stream, times, refusals, false);
        this.lookup = lookup;
    }

    /** Says that a client sent what is no question. */
    private static final class NoQuestionException extends IOException {
        private static final long serialVersionUID = 1L;

        NoQuestionException(String message) {
            super(message);
        }
    }

    @Override
    protected void answerNext() throws IOException {
        String question = line();
        works();
        replies().write(answer(question.split("\t", MAX_FIELDS + 1)).getBytes(UTF_8));
        close(); // so that nc ends
    }

    private String answer(String[] fields) throws IOException {
        String offered = fields.length == MAX_FIELDS ? fields[2] : "";
        if (fields.length < 2
                || fields.length > MAX_FIELDS
                || !List.of("keys", "principals").contains(fields[0])) {
            throw new NoQuestionException("it asks for neither keys nor principals");
        }
        long begun = System.nanoTime();
        try {
            List<String> lines = fields[0].equals("keys")
                    ? lookup.authorizedKeys(fields[1], offered)
                    : lookup.authorizedPrincipals(fields[1], offered);
            LOG.debug(
                    "{} of \"{}\" for {}: {} in {} us",
                    fields[0],
                    Text.quoted(fields[1]),
                    name(),
                    lines.size(),
                    (System.nanoTime() - begun) / 1000);
            return String.join("\n", lines) + (lines.isEmpty() ? "ok\n" : "\nok\n");
        } catch (TokenException | IllegalStateException e) {
            LOG.warn("{} of \"{}\" cannot be told: {}", fields[0], Text.quoted(fields[1]), e.getMessage());
            return FAILED;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input().read(); next != '\n'; next = input().read()) {
            if (next < 0) {
                throw new EOFException();
            } else if (line.size() == SshLookupServer.MAX_LINE_BYTES) {
                throw new NoQuestionException("its line has more than " + SshLookupServer.MAX_LINE_BYTES + " bytes");
            }
            line.write(next);
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoQuestionException("its line is not UTF-8");
        }
    }

    @Override
    protected boolean isMalformed(IOException failure) {
        return failure instanceof NoQuestionException;
    }
}
