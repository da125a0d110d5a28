package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** The JDK's signed jars, through its API; the tool itself is tried in jca-provider. */
final class JarSignerFramework implements Framework {
    private static final String ENTRY = "greeting";

    @Override
    public String title() {
        return "JarSigner";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return List.of("signed");
    }

    @Override
    public void use(HeldKey key, String way) throws Exception {
        Path plain = Files.createTempFile("plain", ".jar");
        Path signed = Files.createTempFile("signed", ".jar");
        try {
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plain))) {
                out.putNextEntry(new JarEntry(ENTRY));
                out.write(1);
            }
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(key.chain()));
            try (ZipFile in = new ZipFile(plain.toFile());
                    OutputStream out = Files.newOutputStream(signed)) {
                new JarSigner.Builder(key.privateKey(), path).build().sign(in, out);
            }
            requireSigned(signed, key);
        } finally {
            Files.delete(plain);
            Files.delete(signed);
        }
    }

    private static void requireSigned(Path signed, HeldKey key) throws Exception {
        try (JarFile jar = new JarFile(signed.toFile())) {
            JarEntry entry = jar.getJarEntry(ENTRY);
            try (InputStream in = jar.getInputStream(entry)) {
                in.readAllBytes();
            }
            assertThat(entry.getCodeSigners()[0]
                            .getSignerCertPath()
                            .getCertificates()
                            .get(0))
                    .isEqualTo(key.certificate());
        }
    }
}
