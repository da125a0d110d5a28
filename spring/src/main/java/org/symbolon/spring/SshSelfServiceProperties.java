package org.symbolon.spring;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.symbolon.config.SshSelfServiceConfiguration;

/**
 * What users may do with their keys by themselves.
 *
 * @param enabled Whether users manage their keys by the public key subsystem.
 * @param keysPerUser How many keys a user may have. Default is 100.
 * @param certificatesPerUser How many certificates a user may have. Default is 100.
 * @param bytesPerUser How many bytes a user's keys may take, and how many the certificates. Default is 262144.
 * @param minRsaBits The shortest RSA key that may be added. Default is 2048.
 * @param openssh Whether OpenSSH's servers take the keys too.
 * @param restrictedLogins Whether logins by restricted keys and by certificates may manage keys.
 * @param namespaces Who may do what in which namespace. Default is everything in "ssh" and nothing elsewhere.
 */
record SshSelfServiceProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Integer keysPerUser,
        @Nullable Integer certificatesPerUser,
        @Nullable Integer bytesPerUser,
        @Nullable Integer minRsaBits,
        @DefaultValue("false") boolean openssh,
        @DefaultValue("false") boolean restrictedLogins,
        @DefaultValue Map<String, Namespace> namespaces) {
    /**
     * A namespace.
     *
     * @param token Name of the token that is this namespace. Default is a prefix of labels in the token of the users' keys.
     * @param users Whose the rights are. Default is everybody.
     * @param rights What they may do. Default is everything.
     */
    record Namespace(
            @Nullable String token,
            @DefaultValue Set<String> users,
            @Nullable Set<SshSelfServiceConfiguration.Right> rights) {
        private SshSelfServiceConfiguration.Namespace named(String name) {
            return new SshSelfServiceConfiguration.Namespace(
                    name,
                    users,
                    rights == null ? EnumSet.allOf(SshSelfServiceConfiguration.Right.class) : rights,
                    Optional.ofNullable(token));
        }
    }

    /**
     * Returns what the configuration file would say.
     *
     * @throws IllegalArgumentException if a namespace has a token that cannot have one
     */
    SshSelfServiceConfiguration configuration() {
        String others = SshSelfServiceConfiguration.Namespace.OTHERS;
        List<SshSelfServiceConfiguration.Namespace> named = new ArrayList<>();
        namespaces.forEach((name, namespace) -> {
            if (!name.equals(others)) {
                named.add(namespace.named(name));
            }
        });
        Optional.ofNullable(namespaces.get(others)).ifPresent(namespace -> named.add(namespace.named(others)));
        return new SshSelfServiceConfiguration(
                Optional.ofNullable(keysPerUser),
                Optional.ofNullable(certificatesPerUser),
                Optional.ofNullable(bytesPerUser),
                Optional.ofNullable(minRsaBits),
                openssh,
                restrictedLogins,
                named);
    }
}
