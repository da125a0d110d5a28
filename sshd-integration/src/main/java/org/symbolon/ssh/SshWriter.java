package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the data types of RFC 4251 section 5. For public data: its buffers are not wiped. */
final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    SshWriter uint32(long value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    SshWriter string(byte[] value) {
        uint32(value.length);
        out.writeBytes(value);
        return this;
    }

    SshWriter string(String ascii) {
        return string(ascii.getBytes(US_ASCII));
    }

    SshWriter mpint(BigInteger value) {
        return string(value.signum() == 0 ? new byte[0] : value.toByteArray());
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
