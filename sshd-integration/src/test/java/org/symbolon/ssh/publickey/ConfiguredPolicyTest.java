package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbolon.config.SshSelfServiceConfiguration;
import org.symbolon.config.SshSelfServiceConfiguration.Namespace;
import org.symbolon.config.SshSelfServiceConfiguration.Right;

/** The policy of the configuration file's section. */
class ConfiguredPolicyTest {
    @Test
    void of_numbers_areSetAndOthersKeepTheirDefaults() {
        SelfServicePolicy policy = SelfServicePolicy.of(new SshSelfServiceConfiguration(
                Optional.of(3), Optional.empty(), Optional.of(5000), Optional.empty(), true, false, List.of()));

        assertThat(policy.maxKeys()).isEqualTo(3);
        assertThat(policy.maxCertificates())
                .isEqualTo(SelfServicePolicy.ofDefaults().maxCertificates());
        assertThat(policy.maxBytes()).isEqualTo(5000);
        assertThat(policy.openSshServers()).isTrue();
    }

    @Test
    void of_namespaceOfSomeUsers_isClosedToOthers() {
        SelfServicePolicy policy = policy(
                new Namespace("ssl", Set.of("alice"), Set.of(Right.SEE, Right.ADD), Optional.empty()),
                new Namespace("ssh", Set.of("alice"), Set.of(Right.SEE), Optional.empty()),
                new Namespace(Namespace.OTHERS, Set.of(), Set.of(Right.SEE), Optional.empty()));

        assertThat(policy.rights("alice", "ssl")).containsOnly(NamespaceRight.SEE, NamespaceRight.ADD);
        assertThat(policy.rights("bob", "ssl")).isEmpty();
        assertThat(policy.rights("alice", "ssh")).containsOnly(NamespaceRight.SEE);
        assertThat(policy.rights("bob", "ssh")).isEmpty();
        assertThat(policy.rights("bob", "code")).containsOnly(NamespaceRight.SEE);
    }

    @Test
    void of_noNamespaces_isTheDefault() {
        assertThat(policy().rights("bob", "ssh")).containsOnly(NamespaceRight.values());
        assertThat(policy().rights("bob", "ssl")).isEmpty();
    }

    private static SelfServicePolicy policy(Namespace... namespaces) {
        return SelfServicePolicy.of(new SshSelfServiceConfiguration(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(namespaces)));
    }
}
