package org.symbolon.kmip;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Why a connection did not come about, in words that say what to do. */
final class ConnectFailure {
    private ConnectFailure() {}

    static String describe(ServerAddress server, IOException failure, Duration bound) {
        String message = String.valueOf(failure.getMessage());
        String text = "connecting to " + server + " failed: " + message;
        if (failure instanceof UnknownHostException) {
            return "there is no address for " + server.host();
        }
        if (failure instanceof SSLException) {
            return text + advice(server, message);
        }
        if (message.contains("Socket closed") || message.contains("took too long")) {
            return "connecting to " + server + " took longer than " + bound.toMillis() + " ms";
        }
        return text;
    }

    private static String advice(ServerAddress server, String message) {
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return "; the server's certificate has to name " + server.host() + " in its subject alternative names";
        }
        if (message.contains("unable to find valid certification path")) {
            return "; trust has to name the file of the authority that signed the server's certificate";
        }
        if (message.contains("bad_certificate") || message.contains("certificate_required")) {
            return "; the server wants a client certificate that it trusts, set with clientKey";
        }
        return "";
    }
}
