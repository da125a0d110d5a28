package org.symbolon.remote.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.transport.Endpoint;

/**
 * How a module is reached.
 *
 * @param endpoints where, the preferred one first; they lead to the same tokens
 * @param connections the most connections of one login to one token
 * @param refresh after how long listeners are told that anything may have changed, since a peer does not tell
 * @param reconnect for how long a call tries to reach a server that has just gone away
 * @param failover with several endpoints, how long a server may answer nothing until calls go to another
 * @param mechanisms how mechanisms are written, if that does not follow from the version of the protocol
 */
public record ClientSettings(
        List<Endpoint> endpoints,
        int connections,
        Duration refresh,
        Duration reconnect,
        Duration failover,
        Optional<Dialect.Mechanisms> mechanisms) {
    public ClientSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a module has an endpoint");
        }
    }
}
