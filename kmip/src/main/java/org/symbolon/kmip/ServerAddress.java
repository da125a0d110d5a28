package org.symbolon.kmip;

/**
 * Where a server is.
 *
 * @param host its name or address, which its certificate has to have
 * @param port its port
 */
record ServerAddress(String host, int port) {
    private static final int MAX_PORT = 65535;

    ServerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host is empty; it is the server's name or address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port is " + port + "; it is 1 to " + MAX_PORT);
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        host = bracketed ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
