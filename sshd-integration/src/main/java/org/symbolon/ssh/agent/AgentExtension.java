package org.symbolon.ssh.agent;

/** The names of extensions and of constraints that are extensions. */
final class AgentExtension {
    static final String QUERY = "query";
    static final String SESSION_BIND = "session-bind@openssh.com";
    static final String RESTRICT_DESTINATION = "restrict-destination-v00@openssh.com";
    static final String ASSOCIATED_CERTIFICATES = "associated-certs-v00@openssh.com";

    private AgentExtension() {}
}
