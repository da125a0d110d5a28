package org.symbolon.ssh.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshVerifier;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;

/** Reads certificates from bytes of outside: bounds first, then fields, then the signature. */
final class CertificateReader {
    private static final String WHAT = "SSH certificate";
    private static final int MAX_TYPE_BYTES = 64;
    private static final int MAX_NONCE_BYTES = 1024;
    private static final int MAX_TEXT_BYTES = 8192;
    private static final int MAX_PRINCIPAL_BYTES = 1024;
    private static final int MAX_SIGNATURE_BYTES = 8192;

    private CertificateReader() {}

    static SshCertificate.Body read(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, WHAT);
        String name = reader.name("type", MAX_TYPE_BYTES);
        SshKeyType type = SshCertificate.keyType(name);
        if (type == null) {
            throw reader.error("type \"" + Text.quoted(name) + "\" is not supported", 0);
        }
        reader.string("nonce", MAX_NONCE_BYTES);
        SshPublicKey key = key(reader, type);
        long serial = reader.uint64("serial");
        CertificateKind kind = kind(reader);
        String keyId = text(reader, "key id", MAX_TEXT_BYTES);
        List<String> principals = principals(reader);
        CertificateValidity validity = validity(reader);
        CertificateOptions options =
                new CertificateOptions(options(reader, "critical options"), options(reader, "extensions"));
        reader.string("reserved", CertificateOptions.MAX_BYTES);
        SshPublicKey authority = SshPublicKey.parse(reader.string("authority's key", SshPublicKey.MAX_BLOB_BYTES));
        byte[] signed = Arrays.copyOf(blob, reader.position());
        byte[] signature = reader.string("signature", MAX_SIGNATURE_BYTES);
        reader.end();
        if (!SshVerifier.verify(authority, signed, signature)) {
            throw new SshFormatException(WHAT + ": its signature is not that of its authority's key");
        }
        return new SshCertificate.Body(key, serial, kind, keyId, principals, validity, options, authority);
    }

    /** The fields of the key, copied into a blob of its own, which its reader checks. */
    private static SshPublicKey key(SshReader reader, SshKeyType type) throws SshFormatException {
        SshWriter blob = new SshWriter().string(type.wireName());
        for (int i = 0; i < fields(type); i++) {
            blob.string(reader.string("public key", SshPublicKey.MAX_BLOB_BYTES));
        }
        return SshPublicKey.parse(blob.toByteArray());
    }

    /** How many fields, all of them strings or mpints, a key has after its type. */
    static int fields(SshKeyType type) {
        return switch (type) {
            case ED25519 -> 1;
            case RSA, ECDSA_P256, ECDSA_P384, ECDSA_P521, SK_ED25519 -> 2;
            case SK_ECDSA_P256 -> 3;
        };
    }

    private static CertificateKind kind(SshReader reader) throws SshFormatException {
        int start = reader.position();
        long code = reader.uint32("kind");
        for (CertificateKind kind : CertificateKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw reader.error("kind is " + code + "; it must be 1 (user) or 2 (host)", start);
    }

    private static List<String> principals(SshReader reader) throws SshFormatException {
        byte[] packed = reader.string("principals", SshCertificate.MAX_BYTES);
        SshReader inner = new SshReader(packed, WHAT + ": principals");
        List<String> principals = new ArrayList<>();
        while (inner.remaining() > 0) {
            if (principals.size() == SshCertificate.MAX_PRINCIPALS) {
                throw inner.error("more than " + SshCertificate.MAX_PRINCIPALS + " principals", inner.position());
            }
            principals.add(text(inner, "principal", MAX_PRINCIPAL_BYTES));
        }
        return principals;
    }

    private static CertificateValidity validity(SshReader reader) throws SshFormatException {
        int start = reader.position();
        long after = reader.uint64("valid after");
        long before = reader.uint64("valid before");
        if (Long.compareUnsigned(after, before) >= 0) {
            throw reader.error("it ends before it begins to be valid", start);
        }
        return new CertificateValidity(after, before);
    }

    private static SortedMap<String, Bytes> options(SshReader reader, String field) throws SshFormatException {
        return CertificateOptions.read(reader.string(field, CertificateOptions.MAX_BYTES), WHAT + ": " + field);
    }

    /** Text as C programs take it: without a zero byte, behind which a part of it would be unseen. */
    private static String text(SshReader reader, String field, int maxBytes) throws SshFormatException {
        int start = reader.position();
        String text = reader.text(field, maxBytes);
        if (text.indexOf('\0') >= 0) {
            throw reader.error("a zero byte is in its " + field, start);
        }
        return text;
    }
}
