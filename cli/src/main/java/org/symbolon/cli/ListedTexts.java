package org.symbolon.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.publickey.KeyAttribute;
import org.symbolon.ssh.publickey.ListedCertificate;
import org.symbolon.ssh.publickey.ListedKey;

/** What an SSH server lists of a user's keys and certificates, for people and for scripts. */
final class ListedTexts {
    private ListedTexts() {}

    static Map<String, @Nullable Object> document(ListedKey listed) {
        return Document.with("type", listed.algorithm())
                .maybe("fingerprint", listed.key().map(SshPublicKey::fingerprint))
                .and("attributes", documents(listed.attributes()))
                .fields();
    }

    static Map<String, @Nullable Object> document(ListedCertificate listed) {
        return Document.with("format", listed.format())
                .and("bytes", listed.blob().length())
                .and("attributes", documents(listed.attributes()))
                .fields();
    }

    private static List<Object> documents(List<KeyAttribute> attributes) {
        return attributes.stream()
                .<Object>map(each -> Document.with("name", each.name())
                        .and("value", each.value())
                        .fields())
                .toList();
    }

    static String line(ListedKey listed) {
        String name = listed.key().map(SshPublicKey::toString).orElse(listed.algorithm() + " (not a key known here)");
        return TokenTexts.printable(name) + texts(listed.attributes());
    }

    static String line(ListedCertificate listed) {
        return TokenTexts.printable(listed.format()) + ", " + listed.blob().length() + " bytes"
                + texts(listed.attributes());
    }

    private static String texts(List<KeyAttribute> attributes) {
        return attributes.stream()
                .map(each -> " " + each.name() + "=\"" + TokenTexts.printable(each.value()) + "\"")
                .collect(Collectors.joining());
    }
}
