package org.symbolon.tests.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.symbolon.jca.SymbolonProvider;

/** What else the key and the certificate of a card are good for. */
final class OtherUses {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final char[] NO_PASSWORD = new char[0];

    private OtherUses() {}

    /** Signs an e-mail's content (CMS, RFC 5652) and lets Bouncy Castle verify it. */
    static void signMail(Card card) throws Exception {
        KeyStore keys = card.keyStore();
        X509Certificate certificate = (X509Certificate) keys.getCertificate(Card.LABEL);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        SymbolonProvider provider = SymbolonProvider.of(card.session());
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(provider)
                .build("SHA256withECDSA", (PrivateKey) keys.getKey(Card.LABEL, null), certificate));
        generator.addCertificate(new JcaX509CertificateHolder(certificate));
        byte[] mail = "Subject: keys\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] signed =
                generator.generate(new CMSProcessableByteArray(mail), true).getEncoded();
        for (SignerInformation signer : new CMSSignedData(signed).getSignerInfos()) {
            assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(certificate)))
                    .isTrue();
        }
    }

    /** Authenticates a TLS client by the card to a server that trusts the authority. */
    static void authenticateTls(Card card, OpenSslCa ca) throws Exception {
        SymbolonProvider provider = SymbolonProvider.of(card.session());
        Security.addProvider(provider);
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket) context(serverKeys(ca), ca)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            listening.setSoTimeout(TIMEOUT_MILLIS);
            Future<String> seen = background.submit(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    socket.startHandshake();
                    return socket.getSession().getPeerPrincipal().getName();
                }
            });
            try (SSLSocket client = (SSLSocket) context(card.keyStore(), ca)
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.startHandshake();
                assertThat(seen.get()).isEqualTo("CN=Alice A.,O=Example");
            }
        } finally {
            background.shutdownNow();
            Security.removeProvider(provider.getName());
        }
    }

    private static KeyStore serverKeys(OpenSslCa ca) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "server", pair.getPrivate(), NO_PASSWORD, new Certificate[] {ca.issueToHost("web", pair.getPublic())});
        return keys;
    }

    private static SSLContext context(KeyStore keys, OpenSslCa ca) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", ca.certificate());
        TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        trusting.init(trust);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX", "SunJSSE");
        own.init(keys, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(own.getKeyManagers(), trusting.getTrustManagers(), null);
        return context;
    }
}
