package org.symbolon.serve;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of bytes to and from a client.
 *
 * @param client who the client is
 * @param certificate the certificate that it showed, if it did
 * @param place where it came in, for the log; empty if there is nothing to say
 * @param input what it sends
 * @param output what it gets
 * @param connection what is closed to end both
 */
public record ClientStream(
        ClientIdentity client,
        Optional<X509Certificate> certificate,
        String place,
        InputStream input,
        OutputStream output,
        Closeable connection)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    /**
     * Makes the stream of a client without a certificate.
     *
     * @param client who the client is
     * @param place where it came in
     * @param input what it sends
     * @param output what it gets
     * @param connection what is closed to end both
     */
    public ClientStream(
            ClientIdentity client, String place, InputStream input, OutputStream output, Closeable connection) {
        this(client, Optional.empty(), place, input, output, connection);
    }

    /** {@return who the client is and where it came in, for the log} */
    public String name() {
        return place.isEmpty() ? client.toString() : client + " " + place;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("the connection of {} ended badly: {}", name(), e.getMessage());
        }
    }
}
