/**
 * X.509 certificates in SSH (RFC 6187), without any SSH library: key blobs, signatures, validation with revocation, and which
 * user a certificate logs in.
 *
 * <pre>{@code
 * X509Validator validator = X509Validator.builder(TokenTrustAnchors.in(session)).build();
 * X509KeyBlob blob = X509KeyBlob.parse(bytes);
 * validator.validate(blob, X509Purpose.USER);
 * boolean may = CertificateRules.builder().upn("{user}@example.com").build().permits("alice", blob.leaf());
 * }</pre>
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.x509;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
