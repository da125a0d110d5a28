package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Nimbus JOSE: signed and encrypted tokens of the web. */
final class JoseFramework implements Framework {
    @Override
    public String title() {
        return "Nimbus JOSE";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return switch (kind) {
            case RSA -> List.of("RS256", "PS256", "RSA-OAEP-256");
            case P256 -> List.of("ES256");
            case P384 -> List.of("ES384");
            case PSS, ED25519 -> List.of();
        };
    }

    @Override
    public void use(HeldKey key, String way) throws Exception {
        if (way.startsWith("RSA-OAEP")) {
            decrypt(key, JWEAlgorithm.parse(way));
        } else {
            sign(key, JWSAlgorithm.parse(way));
        }
    }

    private static void sign(HeldKey key, JWSAlgorithm algorithm) throws Exception {
        JWSSigner signer = key.kind().isEc()
                ? new ECDSASigner(
                        key.privateKey(),
                        Curve.forJWSAlgorithm(algorithm).iterator().next())
                : new RSASSASigner(key.privateKey());
        signer.getJCAContext().setProvider(key.provider());
        JWSObject signed = new JWSObject(new JWSHeader(algorithm), new Payload("content"));
        signed.sign(signer);
        JWSVerifier verifier = key.kind().isEc()
                ? new ECDSAVerifier((ECPublicKey) key.certificate().getPublicKey())
                : new RSASSAVerifier((RSAPublicKey) key.certificate().getPublicKey());
        assertThat(JWSObject.parse(signed.serialize()).verify(verifier)).isTrue();
    }

    private static void decrypt(HeldKey key, JWEAlgorithm algorithm) throws Exception {
        JWEObject encrypted = new JWEObject(new JWEHeader(algorithm, EncryptionMethod.A256GCM), new Payload("content"));
        encrypted.encrypt(new RSAEncrypter((RSAPublicKey) key.certificate().getPublicKey()));
        JWEObject received = JWEObject.parse(encrypted.serialize());
        received.decrypt(new RSADecrypter(key.privateKey()));
        assertThat(received.getPayload()).hasToString("content");
    }
}
