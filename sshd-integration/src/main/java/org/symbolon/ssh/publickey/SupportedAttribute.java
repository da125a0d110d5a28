package org.symbolon.ssh.publickey;

/**
 * An attribute that a server enforces or keeps.
 *
 * @param name its name
 * @param compulsory whether the administrator puts it on every key
 */
public record SupportedAttribute(String name, boolean compulsory) {}
