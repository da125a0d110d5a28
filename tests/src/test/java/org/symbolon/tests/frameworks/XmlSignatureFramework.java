package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The JDK's XML signatures. */
final class XmlSignatureFramework implements Framework {
    @Override
    public String title() {
        return "XML-DSig";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return kind == KeyKind.RSA ? List.of("rsa-sha256", "sha256-rsa-MGF1") : List.of("signed");
    }

    private static String algorithm(KeyKind kind, String way) {
        return switch (kind) {
            case RSA ->
                way.equals("rsa-sha256")
                        ? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
                        : "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
            case PSS -> "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
            case P256 -> "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
            case P384 -> "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
            case ED25519 -> "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519";
        };
    }

    @Override
    public void use(HeldKey key, String way) throws Exception {
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference whole = factory.newReference(
                "",
                factory.newDigestMethod(DigestMethod.SHA256, null),
                List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null)),
                null,
                null);
        SignedInfo signedInfo = factory.newSignedInfo(
                factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                factory.newSignatureMethod(algorithm(key.kind(), way), null),
                List.of(whole));
        DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
        documents.setNamespaceAware(true);
        documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document =
                documents.newDocumentBuilder().parse(new InputSource(new StringReader("<order><id>7</id></order>")));
        DOMSignContext signing = new DOMSignContext(key.privateKey(), document.getDocumentElement());
        signing.setProperty("org.jcp.xml.dsig.internal.dom.SignatureProvider", key.provider()); // PSS needs it
        factory.newXMLSignature(signedInfo, null).sign(signing);

        DOMValidateContext validation = new DOMValidateContext(
                key.certificate().getPublicKey(),
                document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")
                        .item(0));
        assertThat(factory.unmarshalXMLSignature(validation).validate(validation))
                .isTrue();
    }
}
