package org.symbolon.ssh.mina;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.SshCertificate;

/** Keys of a token as MINA wants them: the public half in MINA's class of it, the private half opaque. */
final class MinaKeyPairs {
    private final TokenSshKeys keys;
    private volatile Snapshot last = new Snapshot(List.of(), List.of());

    /** A key pair under the type of its public half; MINA would ask the private half first. */
    record Typed(String type, KeyPair pair, List<Certified> certified) {}

    /** A certificate as the public half of a pair, as MINA wants it. */
    record Certified(SshCertificate certificate, KeyPair pair) {
        boolean isGood(CertificateKind kind, Instant now) {
            return certificate.kind() == kind && certificate.validity().contains(now);
        }
    }

    private record Snapshot(List<TokenSshKey> keys, List<Typed> pairs) {}

    MinaKeyPairs(TokenSshKeys keys) {
        JdkEdDsa.ensure();
        this.keys = keys;
    }

    /** The pairs as they are now, without a call to the token. */
    List<Typed> get() throws IOException {
        List<TokenSshKey> now = keys.keys();
        Snapshot snapshot = last;
        if (snapshot.keys() != now) {
            List<Typed> pairs = new ArrayList<>();
            for (TokenSshKey key : now) {
                pairs.add(typed(key));
            }
            snapshot = new Snapshot(now, List.copyOf(pairs));
            last = snapshot;
        }
        return snapshot.pairs();
    }

    void close() {
        keys.close();
    }

    /** The certificates that are valid now. */
    List<OpenSshCertificate> certificates(CertificateKind kind, Instant now) throws IOException {
        return get().stream()
                .flatMap(typed -> typed.certified().stream())
                .filter(certified -> certified.isGood(kind, now))
                .map(certified -> (OpenSshCertificate) certified.pair().getPublic())
                .toList();
    }

    /** The pairs with certificates that are valid now, and those without. */
    List<KeyPair> withCertificates(CertificateKind kind, Instant now) throws IOException {
        return get().stream()
                .flatMap(typed -> Stream.concat(
                        typed.certified().stream()
                                .filter(certified -> certified.isGood(kind, now))
                                .map(Certified::pair),
                        Stream.of(typed.pair())))
                .toList();
    }

    private static Typed typed(TokenSshKey key) throws IOException {
        List<Certified> certified = new ArrayList<>();
        for (SshCertificate certificate : key.certificates()) {
            certified.add(new Certified(certificate, pair(certificate.blob(), key)));
        }
        return new Typed(key.publicKey().type().wireName(), pair(key.publicKey().blob(), key), List.copyOf(certified));
    }

    private static KeyPair pair(byte[] blob, TokenSshKey key) throws IOException {
        return new KeyPair(new ByteArrayBuffer(blob).getRawPublicKey(), key.privateKey());
    }
}
