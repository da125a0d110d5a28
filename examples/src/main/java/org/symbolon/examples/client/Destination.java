package org.symbolon.examples.client;

import org.symbolon.ssh.SshPublicKey;

/**
 * Where to log in.
 *
 * @param user the user's name there
 * @param port the server's port on this machine
 * @param hostKey the key that the server must have
 */
public record Destination(String user, int port, SshPublicKey hostKey) {}
