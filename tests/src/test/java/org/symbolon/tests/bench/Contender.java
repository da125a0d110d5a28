package org.symbolon.tests.bench;

/** Who does a workload: a raw engine, SunPKCS11 over SoftHSM 2, or a soft token. */
enum Contender {
    /** Amazon's Corretto Crypto Provider, its Signature and Cipher objects kept. */
    RAW_ACCP,
    /** The JDK's own providers. */
    RAW_JDK,
    /** Bouncy Castle. */
    RAW_BC,
    /** SunPKCS11 over SoftHSM 2, its Signature and Cipher objects kept. */
    PKCS11,
    /** {@code Session.sign} and {@code Session.encrypt} on a soft token. */
    API,
    /** A kept Signature or Cipher of the provider Symbolon. */
    JCA,
    /** As {@link #API}, with the engines that are written in Java. */
    API_JAVA,
    /** As {@link #JCA}, with the engines that are written in Java. */
    JCA_JAVA;

    boolean isRaw() {
        return name().startsWith("RAW_");
    }

    /** Returns whether it is a soft token by its plain API. */
    boolean isApi() {
        return this == API || this == API_JAVA;
    }

    /** Returns the engines of its soft token: the setting {@code engine}. */
    String engines() {
        return name().endsWith("_JAVA") ? "java" : "auto";
    }
}
