package org.symbolon.kmip;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A message that went to a node, for the JVM's flight recorder. Names and sizes, no values. */
@Name("org.symbolon.kmip.Call")
@Label("KMIP Call")
@Category({"Symbolon", "KMIP"})
@Description("A message to a KMIP server")
@StackTrace(false)
final class KmipCallEvent extends Event {
    @Label("Operation")
    String operation = "";

    @Label("Items")
    int items;

    @Label("Node")
    String node = "";

    @Label("Version")
    String version = "";

    @Label("Outcome")
    @Description("Success, the server's result reason, or why no answer came")
    String outcome = "";

    @Label("Correlation Value")
    String correlation = "";

    @Label("Sent")
    @DataAmount
    int sent;

    @Label("Received")
    @DataAmount
    int received;

    @Label("Waiting")
    @Description("For a free connection")
    @Timespan
    long waiting;

    @Label("Connecting")
    @Description("With the handshake; 0 if a connection was there")
    @Timespan
    long connecting;

    @Label("Server")
    @Description("From the request's first byte to the response's last")
    @Timespan
    long server;

    void waiting(long begin) {
        waiting = System.nanoTime() - begin;
    }

    void connecting(long begin) {
        connecting = System.nanoTime() - begin;
    }

    void answered(long begin, KmipConnection connection) {
        server = System.nanoTime() - begin;
        sent = connection.bytesSent();
        received = connection.bytesReceived();
    }
}
