package org.symbolon.tests.frameworks;

import java.net.InetAddress;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** What is an SSLContext: the JDK's, Bouncy Castle's, Conscrypt's, each as server and as client. */
enum SslContexts implements Framework {
    JSSE_SERVER("JSSE server", false) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            return Tls.context(Tls.managers(key.keyStore()), key.authority());
        }
    },
    JSSE_CLIENT("JSSE client", true) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            return JSSE_SERVER.context(key);
        }
    },
    BCJSSE_SERVER("BCJSSE server", false) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            Security.addProvider(new BouncyCastleProvider()); // last; its random numbers are wanted by name
            BouncyCastleJsseProvider jsse = new BouncyCastleJsseProvider();
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", jsse);
            keys.init(key.keyStore(), null);
            SSLContext context = SSLContext.getInstance("TLS", jsse);
            context.init(keys.getKeyManagers(), Tls.trusting(key.authority()), null);
            return context;
        }
    },
    BCJSSE_CLIENT("BCJSSE client", true) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            return BCJSSE_SERVER.context(key);
        }
    },
    CONSCRYPT_SERVER("Conscrypt server", false) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            Provider conscrypt = Conscrypt.newProvider();
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", conscrypt);
            trust.init(key.authority().trust());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509", "SunJSSE");
            keys.init(key.keyStore(), null);
            SSLContext context = SSLContext.getInstance("TLS", conscrypt);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }
    },
    CONSCRYPT_CLIENT("Conscrypt client", true) {
        @Override
        SSLContext context(HeldKey key) throws Exception {
            return CONSCRYPT_SERVER.context(key);
        }
    };

    private final String title;
    private final boolean client;

    SslContexts(String title, boolean client) {
        this.title = title;
        this.client = client;
    }

    /** Returns the framework's context with the key. */
    abstract SSLContext context(HeldKey key) throws Exception;

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return Tls.PROTOCOLS;
    }

    @Override
    public void use(HeldKey key, String protocol) throws Exception {
        SSLContext context = context(key);
        if (client) {
            Tls.requireKnown(key, protocol, port -> connect(context, port));
        } else {
            Tls.serveOnce(context, protocol, false, port -> {
                Tls.requireServed(port, key, protocol);
                return "";
            });
        }
    }

    private static String connect(SSLContext context, int port) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            return Tls.exchange(socket);
        }
    }
}
