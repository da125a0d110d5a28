package org.symbolon.ssh.certificate;

import java.security.GeneralSecurityException;

/**
 * Says that a certificate, though well formed and signed, is not good for what it is shown for. The message names the
 * certificate's key id, its serial and the reason.
 */
public final class SshCertificateException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message which certificate, and why not
     */
    public SshCertificateException(String message) {
        super(message);
    }
}
