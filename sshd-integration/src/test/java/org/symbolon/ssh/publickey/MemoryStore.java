package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store in memory. */
final class MemoryStore implements SelfServiceStore {
    private final Map<String, MemoryKeys> keys = new LinkedHashMap<>(Map.of("ssh", new MemoryKeys()));
    private final List<Entry> certificates = new ArrayList<>();

    private record Entry(String user, String namespace, X509Certificate certificate) {}

    @Override
    public MemoryKeys keys(String namespace) {
        return keys.getOrDefault(namespace, new MemoryKeys());
    }

    @Override
    public List<String> namespaces() {
        return List.copyOf(keys.keySet());
    }

    @Override
    public void create(String namespace) {
        keys.putIfAbsent(namespace, new MemoryKeys());
    }

    @Override
    public boolean has(String user, String namespace, X509Certificate certificate) {
        return certificates.contains(new Entry(user, namespace, certificate));
    }

    @Override
    public void visit(String user, String namespace, CertificateVisitor visitor) throws IOException {
        for (Entry entry : certificates) {
            if (entry.user().equals(user) && entry.namespace().equals(namespace)) {
                try {
                    visitor.visit(entry.certificate().getEncoded());
                } catch (CertificateEncodingException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Override
    public void add(String user, String namespace, X509Certificate certificate) {
        certificates.add(new Entry(user, namespace, certificate));
    }

    @Override
    public boolean remove(String user, String namespace, X509Certificate certificate) {
        return certificates.remove(new Entry(user, namespace, certificate));
    }
}
