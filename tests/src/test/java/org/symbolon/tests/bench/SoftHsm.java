package org.symbolon.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import org.symbolon.tests.Peer;

/** SunPKCS11 over SoftHSM 2, whose configuration the environment variable SOFTHSM2_CONF names. */
final class SoftHsm {
    /** The user's PIN of the token that tests/bench makes. */
    private static final String PIN = "1234";

    private SoftHsm() {}

    static Provider provider() throws GeneralSecurityException, IOException {
        Path library = Peer.requireFile("softhsm2", Path.of("/usr/lib/softhsm/libsofthsm2.so"));
        Path configuration = Files.createTempFile("sunpkcs11", ".cfg");
        Files.writeString(configuration, "name = SoftHSM\nlibrary = " + library + "\nslotListIndex = 0\n");
        Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
        Files.delete(configuration);
        Security.addProvider(provider);
        KeyStore.getInstance("PKCS11", provider).load(null, PIN.toCharArray());
        return provider;
    }
}
