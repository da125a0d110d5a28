package org.symbolon.tests.remote.server;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A program: a TLS 1.3 server whose keys are reached through SunPKCS11, and a client that trusts its certificates. */
final class TlsOverSunPkcs11 {
    private TlsOverSunPkcs11() {}

    /** Takes SunPKCS11's configuration and the file of the PIN; prints a line for each alias. */
    public static void main(String[] args) throws Exception {
        Provider provider = Security.getProvider("SunPKCS11").configure(args[0]);
        Security.addProvider(provider);
        KeyStore keyStore = KeyStore.getInstance("PKCS11", provider);
        keyStore.load(null, Files.readString(Path.of(args[1])).toCharArray());
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (String alias : List.of("ec", "rsa")) {
            out.printf(Locale.ROOT, "%s: %s%n", alias, handshake(keyStore, alias));
        }
    }

    private static String handshake(KeyStore keyStore, String alias) throws Exception {
        SSLContext serverContext = SSLContext.getInstance("TLSv1.3");
        serverContext.init(new KeyManager[] {new OneKey(keyStore, alias)}, null, null);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keyStore.getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext clientContext = SSLContext.getInstance("TLSv1.3");
        clientContext.init(null, trust.getTrustManagers(), null);
        try (SSLServerSocket listener = (SSLServerSocket)
                serverContext.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(listener));
            try (SSLSocket client = (SSLSocket) clientContext
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                client.startHandshake();
                String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                served.join();
                return client.getSession().getProtocol() + " "
                        + client.getSession().getCipherSuite() + " " + said;
            }
        }
    }

    private static void answer(SSLServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Gives out one key, whatever is asked for. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final KeyStore keyStore;
        private final String alias;

        OneKey(KeyStore keyStore, String alias) {
            this.keyStore = keyStore;
            this.alias = alias;
        }

        private boolean fits(String keyType) throws java.security.KeyStoreException {
            return keyStore.getCertificate(alias).getPublicKey().getAlgorithm().equals(keyType);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, javax.net.ssl.@Nullable SSLEngine engine) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            try {
                return fits(keyType) ? alias : null;
            } catch (java.security.KeyStoreException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public X509Certificate[] getCertificateChain(String wanted) {
            try {
                return new X509Certificate[] {(X509Certificate) keyStore.getCertificate(alias)};
            } catch (java.security.KeyStoreException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String wanted) {
            try {
                return (PrivateKey) keyStore.getKey(alias, null);
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {alias};
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
