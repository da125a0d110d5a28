package org.symbolon.jca;

import java.util.Optional;

/** Whether the JVM refuses some services of providers whose jars are not signed by Oracle's authority. */
final class JceVerification {
    private static final String VENDOR = "Oracle Corporation";
    private static final String OPENJDK = "OpenJDK";

    private JceVerification() {}

    static Optional<String> notice() {
        return notice(System.getProperty("java.vendor", ""), System.getProperty("java.vm.name", ""));
    }

    /** Oracle's own builds check; its OpenJDK builds, which say so in the name of the virtual machine, do not. */
    static Optional<String> notice(String vendor, String vmName) {
        if (!vendor.equals(VENDOR) || vmName.contains(OPENJDK)) {
            return Optional.empty();
        }
        return Optional.of(
                "This is Oracle's JDK, which refuses Cipher, KeyAgreement, KeyGenerator, Mac, SecretKeyFactory and"
                        + " KEM services of providers that Oracle has not signed (\"JCE cannot authenticate the provider\")."
                        + " Symbolon's Signature, KeyStore, KeyPairGenerator and SecureRandom work; for the others use any"
                        + " OpenJDK build, or the plain API.");
    }
}
