package org.symbolon.tests.frameworks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.tests.SoftTokens;

/** Tomcat, configured by the names that server.xml takes. */
final class TomcatFramework implements Framework {
    @Override
    public String title() {
        return "Tomcat server";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return Tls.PROTOCOLS;
    }

    @Override
    public void use(HeldKey key, String protocol) throws Exception {
        Path base = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        try {
            tomcat.setBaseDir(base.toString());
            tomcat.setSilent(true);
            Connector connector = connector(key, protocol);
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "greeter", new Greeter());
            context.addServletMappingDecoded("/", "greeter");
            tomcat.start();
            Tls.requireServed(connector.getLocalPort(), key, protocol);
        } finally {
            tomcat.stop();
            tomcat.destroy();
            Files.deleteIfExists(base.resolve("work/Tomcat/localhost/ROOT"));
        }
    }

    private static Connector connector(HeldKey key, String protocol) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols(protocol);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreType(SymbolonProvider.NAME);
        certificate.setCertificateKeystoreProvider(key.provider().getName());
        certificate.setCertificateKeystoreFile("");
        certificate.setCertificateKeystorePassword(new String(SoftTokens.PIN.toChars())); // its default is "changeit"
        certificate.setCertificateKeyAlias(HeldKey.ALIAS);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    /** Greets. */
    private static final class Greeter extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(Tls.GREETING);
        }
    }
}
