package org.symbolon.examples.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Makes a soft token with a host key. A real one comes from whoever runs the tokens. */
final class FirstStart {
    private static final int PIN_BYTES = 12;

    private FirstStart() {}

    /** Makes the token in a directory, unless there is one. */
    static void prepare(Path directory) {
        Path database = directory.resolve("token.db");
        if (Files.exists(database)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            make(database, directory.resolve("pin"), directory.resolve("so-pin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TokenException e) {
            throw new IllegalStateException("cannot make a token in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void make(Path database, Path pinFile, Path soPinFile) throws TokenException, IOException {
        try (Pin pin = newPin(pinFile);
                Pin soPin = newPin(soPinFile);
                TokenModule module = TokenModule.open("soft:sqlite:" + database)) {
            Token token = module.emptySlot().initialize("SFTP", soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("ssh-host"));
            }
        }
    }

    private static Pin newPin(Path file) throws IOException {
        byte[] random = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] pin = Base64.getEncoder().encode(random);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, pin, StandardOpenOption.WRITE);
            return Pin.ofUtf8(pin);
        } finally {
            Arrays.fill(random, (byte) 0);
            Arrays.fill(pin, (byte) 0);
        }
    }
}
