package org.symbolon.ssh.mina.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.symbolon.ssh.x509.X509Algorithm;

/** Puts the algorithms of RFC 6187 before the plain ones, whose signers they use. */
final class X509SignatureFactories {
    private X509SignatureFactories() {}

    static List<NamedFactory<Signature>> before(List<NamedFactory<Signature>> plain, List<X509Algorithm> algorithms) {
        List<NamedFactory<Signature>> all = new ArrayList<>();
        for (X509Algorithm algorithm : algorithms) {
            String name = algorithm == X509Algorithm.RSA_SHA1
                    ? X509Algorithm.RSA2048_SHA256.plain().wireName()
                    : algorithm.plain().wireName();
            factory(plain, name).ifPresent(own -> all.add(new Factory(algorithm, own)));
        }
        plain.stream().filter(own -> factory(all, own.getName()).isEmpty()).forEach(all::add);
        return all;
    }

    private static Optional<NamedFactory<Signature>> factory(List<NamedFactory<Signature>> all, String name) {
        return all.stream().filter(each -> each.getName().equals(name)).findFirst();
    }

    private record Factory(X509Algorithm algorithm, NamedFactory<Signature> plain) implements NamedFactory<Signature> {
        @Override
        public String getName() {
            return algorithm.wireName();
        }

        @Override
        public Signature create() {
            return new X509Signature(algorithm, plain.create());
        }
    }
}
