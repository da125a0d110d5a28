package org.symbolon.ssh.publickey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.LoginRestrictions;

/**
 * What a user said of a key, as it is kept with it: its attributes as they were given, beside the restrictions that they mean.
 * Nothing of it lets anyone in or restricts anything.
 */
final class SelfServiceRecord {
    private SelfServiceRecord() {}

    /**
     * The options of a key that a user adds.
     *
     * @param imposed what the administrator restricts every key to
     * @throws PublicKeySubsystemException if they are too long to be kept
     */
    static AuthorizedKeyOptions options(KeyAttributes attributes, LoginRestrictions imposed)
            throws PublicKeySubsystemException {
        try {
            return AuthorizedKeyOptions.of(imposed.and(attributes.restrictions()))
                    .withSelfService(write(attributes.kept()));
        } catch (IllegalArgumentException e) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.STORAGE_EXCEEDED, "the attributes are too long: " + e.getMessage());
        }
    }

    /** A stored key's attributes: as they were given, then what restricts the key beyond that. */
    static List<KeyAttribute> attributes(AuthorizedKey key) {
        List<KeyAttribute> attributes = new ArrayList<>();
        key.options().selfService().ifPresentOrElse(said -> attributes.addAll(read(said)), () -> {
            if (!key.comment().isEmpty()) {
                attributes.add(KeyAttribute.comment(key.comment()));
            }
        });
        Set<String> given = attributes.stream().map(KeyAttribute::name).collect(Collectors.toSet());
        KeyAttributes.describe(key.restrictions()).stream()
                .filter(attribute -> !given.contains(attribute.name()))
                .forEach(attributes::add);
        return attributes;
    }

    /**
     * Whether an administrator added the key with restrictions: then its user neither changes nor removes it, since it could
     * come back without them.
     */
    static boolean isAdministrators(AuthorizedKey key) {
        return key.options().selfService().isEmpty() && !key.options().equals(AuthorizedKeyOptions.NONE);
    }

    static String write(List<KeyAttribute> attributes) {
        return attributes.stream()
                .map(attribute -> encoded(attribute.name()) + "=" + encoded(attribute.value()))
                .collect(Collectors.joining("&"));
    }

    static List<KeyAttribute> read(String said) {
        List<KeyAttribute> attributes = new ArrayList<>();
        for (String pair : said.split("&", AttributeBlock.MAX_ATTRIBUTES)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                attributes.add(
                        KeyAttribute.optional(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
            }
        }
        return attributes;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
