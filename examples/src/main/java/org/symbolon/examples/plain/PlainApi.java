package org.symbolon.examples.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;

/** Makes a key in a token, signs with it, verifies, and lists what is there. */
public final class PlainApi {
    private PlainApi() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws TokenException if the token refuses
     */
    public static void main(String[] args) throws TokenException {
        try (OpenToken team = MemoryToken.open()) {
            Session session = team.session();
            KeyPairObject deploy =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));

            byte[] message = "release 1.0".getBytes(UTF_8);
            byte[] signature = session.sign(deploy.privateKey(), Mechanism.ECDSA_SHA256, message);
            System.out.println(signature.length + " bytes of signature, verified: "
                    + session.verify(deploy.publicKey(), Mechanism.ECDSA_SHA256, message, signature));

            for (TokenObject object : session.findAll(ObjectQuery.all().label("deploy"))) {
                System.out.println(object.describe());
            }
        }
    }
}
