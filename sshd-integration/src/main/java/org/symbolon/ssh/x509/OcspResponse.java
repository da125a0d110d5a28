package org.symbolon.ssh.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.SshFormatException;

/**
 * What an OCSP response (RFC 6960 section 4.2) says about times and nonces. The JDK verifies it and reads the status, but takes
 * a response without an end however old it is.
 *
 * @param singles what it says about each certificate
 * @param nonce its nonce, perhaps empty
 */
record OcspResponse(List<Single> singles, Optional<Bytes> nonce) {
    static final int MAX_BYTES = 65_536;

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int MAX_SINGLES = 100;
    private static final int ENUMERATED = 0x0a;
    private static final int GENERALIZED_TIME = 0x18;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
    private static final String WHAT = "OCSP response";

    /** What it says about one certificate. */
    record Single(BigInteger serial, Instant thisUpdate, Optional<Instant> nextUpdate) {}

    static OcspResponse parse(byte[] der) throws SshFormatException {
        if (der.length > MAX_BYTES) {
            throw new SshFormatException(WHAT + ": " + der.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        DerReader outer = new DerReader(der, WHAT);
        DerReader response = outer.enter(DerReader.SEQUENCE, "response");
        outer.end();
        byte[] status = response.content(ENUMERATED, "status");
        if (status.length != 1 || status[0] != 0) {
            throw new SshFormatException(WHAT + ": the responder did not answer (status " + new BigInteger(1, status)
                    + ", RFC 6960 section 4.2.1)");
        }
        DerReader bytes = response.enter(DerReader.CONTEXT_0, "bytes").enter(DerReader.SEQUENCE, "bytes");
        bytes.oid("type");
        byte[] basic = bytes.content(DerReader.OCTET_STRING, "basic response");
        DerReader data = new DerReader(basic, WHAT)
                .enter(DerReader.SEQUENCE, "basic response")
                .enter(DerReader.SEQUENCE, "data");
        if (data.next(DerReader.CONTEXT_0)) {
            data.skip("version");
        }
        data.skip("responder");
        data.skip("produced at");
        List<Single> singles = singles(data.enter(DerReader.SEQUENCE, "responses"));
        return new OcspResponse(singles, data.next(DerReader.CONTEXT_1) ? nonce(data) : Optional.empty());
    }

    /** Whether it says something about a certificate that is new enough. */
    boolean isFresh(BigInteger serial, Instant now, Duration age, boolean untilItsEnd) {
        return singles.stream().filter(single -> single.serial().equals(serial)).anyMatch(single -> {
            Instant end = single.nextUpdate()
                    .filter(next -> untilItsEnd)
                    .orElseGet(() -> single.thisUpdate().plus(age));
            return !single.thisUpdate().isAfter(now.plus(SKEW)) && !now.isAfter(end.plus(SKEW));
        });
    }

    boolean isAbout(BigInteger serial) {
        return singles.stream().anyMatch(single -> single.serial().equals(serial));
    }

    boolean hasNonce(byte[] wanted) {
        return nonce.filter(own -> MessageDigest.isEqual(own.toByteArray(), wanted))
                .isPresent();
    }

    private static List<Single> singles(DerReader responses) throws SshFormatException {
        List<Single> singles = new ArrayList<>();
        while (!responses.atEnd()) {
            if (singles.size() == MAX_SINGLES) {
                throw new SshFormatException(WHAT + ": it is about more than " + MAX_SINGLES + " certificates");
            }
            DerReader single = responses.enter(DerReader.SEQUENCE, "response about a certificate");
            DerReader id = single.enter(DerReader.SEQUENCE, "certificate's id");
            id.skip("hash");
            id.skip("issuer's name");
            id.skip("issuer's key");
            byte[] serial = id.content(DerReader.INTEGER, "serial number");
            if (serial.length == 0) {
                throw new SshFormatException(WHAT + ": a serial number is empty");
            }
            single.skip("status");
            Instant thisUpdate = time(single, "this update");
            Optional<Instant> next = single.next(DerReader.CONTEXT_0)
                    ? Optional.of(time(single.enter(DerReader.CONTEXT_0, "next update"), "next update"))
                    : Optional.empty();
            singles.add(new Single(new BigInteger(serial), thisUpdate, next));
        }
        return List.copyOf(singles);
    }

    private static Optional<Bytes> nonce(DerReader data) throws SshFormatException {
        DerReader extensions = data.enter(DerReader.CONTEXT_1, "extensions").enter(DerReader.SEQUENCE, "extensions");
        while (!extensions.atEnd()) {
            DerReader extension = extensions.enter(DerReader.SEQUENCE, "extension");
            boolean isNonce = extension.oid("extension's name").equals(OcspRequest.NONCE);
            if (isNonce && extension.next(DerReader.OCTET_STRING)) {
                byte[] value = extension.content(DerReader.OCTET_STRING, "nonce");
                return Optional.of(Bytes.of(new DerReader(value, WHAT).content(DerReader.OCTET_STRING, "nonce")));
            }
        }
        return Optional.empty();
    }

    private static Instant time(DerReader reader, String field) throws SshFormatException {
        String text = new String(reader.content(GENERALIZED_TIME, field), US_ASCII);
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new SshFormatException(WHAT + ": " + field + " is not a time", e);
        }
    }
}
