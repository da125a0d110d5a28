package org.symbolon.ssh.agent;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Wildcard;
import org.symbolon.ssh.agent.DestinationConstraint.Hop;
import org.symbolon.ssh.agent.SessionBindings.Binding;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateException;

/**
 * Where a key with destinations may be seen and used, decided as OpenSSH's ssh-agent does (PROTOCOL.agent section 3).
 *
 * @param destinations the steps that are allowed; all if there are none
 * @param clock what time it is, for certificates of hosts
 */
record DestinationCheck(List<DestinationConstraint> destinations, InstantSource clock) {
    /** Whether the key is shown on a connection. */
    boolean isVisible(SessionBindings bindings) {
        if (destinations.isEmpty()) {
            return true;
        }
        if (bindings.failed()) {
            return false;
        }
        List<Binding> hops = bindings.all();
        if (hops.isEmpty()) {
            return true; // a program on this machine, which cannot sign with it
        }
        // whoever holds the connection at the far end of a forwarding sees only what leads on from there
        Binding last = hops.get(hops.size() - 1);
        return !stepRefused(hops, Optional.empty()).isPresent()
                && (!last.forwarded() || isAllowed(Optional.of(last.host()), Optional.empty(), Optional.empty()));
    }

    /** Requires that a login with the key leads where it may. */
    void require(SignedData data, SessionBindings bindings) throws AgentRefusal {
        if (destinations.isEmpty()) {
            return;
        }
        List<Binding> hops = bindings.all();
        if (hops.isEmpty()) {
            throw new AgentRefusal(
                    "the key is for some destinations only, and nobody knows where this connection leads");
        }
        SignedData.Login login = data.login()
                .orElseThrow(() -> new AgentRefusal("the key is for some destinations only, and this is no login"));
        Optional<String> refused = stepRefused(hops, Optional.of(login.user()));
        if (refused.isPresent()) {
            throw new AgentRefusal(refused.get());
        }
        Binding last = hops.get(hops.size() - 1);
        if (!login.sessionId().equals(last.sessionId())) {
            throw new AgentRefusal("the login is for another session than the one bound last");
        }
        if (hops.size() > 1 && login.host().isEmpty()) {
            throw new AgentRefusal("the login does not say to which host it goes, after a forwarding");
        }
        if (login.host().isPresent()
                && !login.host().get().blob().equals(last.host().blob())) {
            throw new AgentRefusal("the login goes to another host than the one bound last");
        }
    }

    /** Walks from host to host; returns why not, if a step is not allowed. */
    private Optional<String> stepRefused(List<Binding> hops, Optional<String> user) {
        Optional<HostKey> from = Optional.empty();
        for (int i = 0; i < hops.size(); i++) {
            Binding hop = hops.get(i);
            boolean last = i == hops.size() - 1;
            if (last && hop.forwarded() && user.isPresent()) {
                return Optional.of("a login on a connection that is bound for forwarding");
            }
            if (!last && !hop.forwarded()) {
                return Optional.of("the connection goes on from a session that is bound for a login");
            }
            if (!isAllowed(from, Optional.of(hop.host()), last ? user : Optional.empty())) {
                return Optional.of("the key may not be used "
                        + from.map(host -> "from host " + host + " ").orElse("from here ") + "at host " + hop.host()
                        + user.map(name -> " as that user").orElse(""));
            }
            from = Optional.of(hop.host());
        }
        return Optional.empty();
    }

    private boolean isAllowed(Optional<HostKey> from, Optional<HostKey> to, Optional<String> user) {
        return destinations.stream()
                .anyMatch(each -> (from.isEmpty() ? each.from().keys().isEmpty() : matches(from.get(), each.from()))
                        && (to.isEmpty() || matches(to.get(), each.to()))
                        && (user.isEmpty()
                                || each.to().user().isEmpty()
                                || Wildcard.matches(each.to().user(), user.get())));
    }

    private boolean matches(HostKey host, Hop hop) {
        return hop.keys().stream()
                .anyMatch(known -> host.certificate().isEmpty()
                        ? !known.authority() && known.key().equals(host.key())
                        : known.authority() && isCertified(host.certificate().get(), known.key(), hop.host()));
    }

    private boolean isCertified(SshCertificate certificate, SshPublicKey authority, String host) {
        if (!certificate.authority().equals(authority)) {
            return false;
        }
        try {
            certificate.requireHost(host, clock.instant());
            return true;
        } catch (SshCertificateException e) {
            return false; // one of several ways to know the host
        }
    }
}
