package org.symbolon.ssh.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.SshFormatException;

/**
 * Trust anchors and CRLs in files. A file is read again when its time or its size is another, so that a new CRL is put in place
 * by a rename. Thread-safe; each validation looks at the files' times.
 */
public final class FileTrustAnchors implements TrustAnchors {
    private static final long MAX_BYTES = 64L << 20;

    private final List<Path> anchors;
    private final List<Path> lists;
    private volatile @Nullable Snapshot last;

    private record Stamp(FileTime time, long size) {}

    private record Snapshot(Map<Path, Stamp> stamps, Authorities authorities) {}

    private FileTrustAnchors(List<Path> anchors, List<Path> lists) {
        this.anchors = anchors;
        this.lists = lists;
    }

    /**
     * Reads the files.
     *
     * @param anchors files of trusted authorities' certificates, PEM or DER
     * @param lists files of CRLs, PEM or DER, perhaps none
     * @return the anchors
     * @throws SshFormatException if a file is missing or malformed
     */
    public static FileTrustAnchors of(List<Path> anchors, List<Path> lists) throws SshFormatException {
        FileTrustAnchors files = new FileTrustAnchors(List.copyOf(anchors), List.copyOf(lists));
        files.now();
        return files;
    }

    @Override
    public Authorities now() throws SshFormatException {
        Map<Path, Stamp> stamps = new LinkedHashMap<>();
        for (Path file : anchors) {
            stamps.put(file, stamp(file));
        }
        for (Path file : lists) {
            stamps.put(file, stamp(file));
        }
        Snapshot known = last;
        if (known == null || !known.stamps().equals(stamps)) {
            known = new Snapshot(stamps, read());
            last = known;
        }
        return known.authorities();
    }

    private Authorities read() throws SshFormatException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : anchors) {
            certificates.addAll(CertificateFiles.certificates(bytes(file), file.toString()));
        }
        List<X509CRL> revoked = new ArrayList<>();
        for (Path file : lists) {
            revoked.addAll(CertificateFiles.lists(bytes(file), file.toString()));
        }
        return Authorities.of(certificates, List.of(), revoked);
    }

    private static byte[] bytes(Path file) throws SshFormatException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SshFormatException(file + ": more than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SshFormatException(file + ": it cannot be read", e);
        }
    }

    private static Stamp stamp(Path file) throws SshFormatException {
        try {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            throw new SshFormatException(file + ": it cannot be read", e);
        }
    }
}
