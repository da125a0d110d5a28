package org.symbolon.ssh.x509;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;
import org.symbolon.ssh.x509.RevocationPolicy.Mode;
import org.symbolon.ssh.x509.StatusCheck.Answer;
import org.symbolon.ssh.x509.StatusCheck.Status;

/** Learns whether the certificates of a path were revoked, in the order that {@link RevocationPolicy} tells. */
final class Revocation {
    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);
    private static final int MAX_RESPONSES = 1000;
    private static final int MAX_LISTS = 32;
    private static final int NONCE_BYTES = 32;
    private static final String REQUEST_TYPE = "application/ocsp-request";

    private final RevocationPolicy policy;
    private final Fetcher fetcher;
    private final SecureRandom random = new SecureRandom();
    private final Aging<X509Certificate, Bytes> responses = new Aging<>(MAX_RESPONSES);
    private final Aging<URI, X509CRL> lists = new Aging<>(MAX_LISTS);

    Revocation(RevocationPolicy policy, Clock clock) {
        this.policy = policy;
        this.fetcher = new Fetcher(policy.timeout(), clock);
    }

    void check(CertificationPath path, List<Bytes> stapled, Authorities authorities, Instant now, String source)
            throws CertificateRefusedException {
        if (policy.mode() == Mode.OFF) {
            return;
        }
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            StatusCheck check = new StatusCheck(path.certificates().get(i), path.issuerOf(i), now);
            Search search = new Search(check, new ArrayList<>());
            search.run(stapled, authorities.lists(check.certificate().getIssuerX500Principal()));
            search.decide(source);
        }
    }

    /** The search for one certificate's status: it ends with the first place that knows. */
    private final class Search {
        private final StatusCheck check;
        private final List<String> unknown;
        private Status status = Status.UNKNOWN;

        Search(StatusCheck check, List<String> unknown) {
            this.check = check;
            this.unknown = unknown;
        }

        void run(List<Bytes> stapled, Collection<X509CRL> known) {
            boolean done = heard(check.byLists(known)) || stapled(stapled);
            if (!done && policy.fetchingOcsp()) {
                done = asked();
            }
            if (!done && policy.fetchingCrls()) {
                distributed();
            }
        }

        void decide(String source) throws CertificateRefusedException {
            X509Certificate certificate = check.certificate();
            String why = String.join("; ", unknown);
            if (status == Status.REVOKED) {
                throw new CertificateRefusedException(Reason.REVOKED, certificate, "it was revoked: " + why);
            }
            if (status == Status.UNKNOWN && policy.mode() == Mode.HARD_FAIL) {
                throw new CertificateRefusedException(
                        Reason.REVOCATION_UNKNOWN, certificate, "whether it was revoked is not known: " + why);
            }
            if (status == Status.UNKNOWN) {
                LOG.warn(
                        "X.509 from {}: {}: taken without knowing whether it was revoked: {}",
                        source,
                        CertificateText.of(certificate),
                        why);
            }
        }

        private boolean heard(Answer answer) {
            status = answer.status();
            if (status == Status.REVOKED) {
                unknown.clear();
            }
            if (status != Status.GOOD) {
                unknown.add(answer.why());
            }
            return status != Status.UNKNOWN;
        }

        private boolean stapled(List<Bytes> stapled) {
            for (Bytes each : stapled) {
                byte[] response = each.toByteArray();
                try {
                    OcspResponse parsed = OcspResponse.parse(response);
                    if (!parsed.isAbout(serial())) {
                        continue;
                    }
                    boolean fresh = parsed.isFresh(serial(), check.now(), policy.stapledAge(), false);
                    if (heard(fresh ? check.byResponse(response) : Answer.unknown("stapled OCSP: it is too old"))) {
                        return true;
                    }
                } catch (SshFormatException e) {
                    unknown.add("stapled " + e.getMessage());
                }
            }
            return false;
        }

        private boolean asked() {
            Optional<Bytes> remembered = responses.get(check.certificate(), check.now());
            if (remembered.isPresent()
                    && heard(check.byResponse(remembered.get().toByteArray()))) {
                return true;
            }
            for (URI responder : responders()) {
                try {
                    byte[] response = ask(responder);
                    if (heard(check.byResponse(response))) {
                        remember(response);
                        return true;
                    }
                } catch (IOException | SshFormatException e) {
                    unknown.add("OCSP: " + e.getMessage());
                }
            }
            return false;
        }

        private void remember(byte[] response) {
            if (status == Status.GOOD && !policy.ocspCache().isZero()) {
                responses.put(
                        check.certificate(), Bytes.of(response), check.now().plus(policy.ocspCache()));
            }
        }

        private List<URI> responders() {
            return policy.responder()
                    .map(List::of)
                    .orElseGet(() -> allowed("OCSP responder", CertificateLinks::responders));
        }

        private byte[] ask(URI responder) throws IOException, SshFormatException {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] request = OcspRequest.of(check.certificate(), check.issuer(), nonce);
            byte[] response = fetcher.post(responder, REQUEST_TYPE, request, OcspResponse.MAX_BYTES);
            OcspResponse parsed = OcspResponse.parse(response);
            if (parsed.nonce().isPresent() ? !parsed.hasNonce(nonce) : policy.nonceRequired()) {
                throw new SshFormatException("the answer of " + responder + " has not the nonce of the question");
            }
            if (!parsed.isFresh(serial(), check.now(), policy.stapledAge(), true)) {
                throw new SshFormatException("the answer of " + responder + " is too old, or about something else");
            }
            return response;
        }

        private void distributed() {
            for (URI uri : allowed("CRL distribution point", CertificateLinks::lists)) {
                try {
                    if (heard(check.byLists(List.of(list(uri))))) {
                        return;
                    }
                } catch (IOException | SshFormatException e) {
                    unknown.add("CRL: " + e.getMessage());
                }
            }
        }

        private X509CRL list(URI uri) throws IOException, SshFormatException {
            Optional<X509CRL> remembered = lists.get(uri, check.now());
            if (remembered.isPresent()) {
                return remembered.get();
            }
            X509CRL list = parse(uri, fetcher.get(uri, policy.maxCrlBytes()));
            lists.put(uri, list, check.now().plus(policy.crlCache()));
            return list;
        }

        private List<URI> allowed(String what, Links links) {
            try {
                List<URI> all = links.of(check.certificate());
                if (all.isEmpty()) {
                    unknown.add("it names no " + what);
                }
                all.stream()
                        .filter(uri -> !policy.allows(uri))
                        .forEach(uri -> unknown.add(what + " " + uri + " may not be asked"));
                return all.stream().filter(policy::allows).toList();
            } catch (SshFormatException e) {
                unknown.add(what + ": " + e.getMessage());
                return List.of();
            }
        }

        private BigInteger serial() {
            return check.certificate().getSerialNumber();
        }
    }

    @FunctionalInterface
    private interface Links {
        List<URI> of(X509Certificate certificate) throws SshFormatException;
    }

    private static X509CRL parse(URI uri, byte[] bytes) throws SshFormatException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        } catch (CRLException | CertificateException e) {
            throw new SshFormatException("what " + uri + " answers is no CRL", e);
        }
    }
}
