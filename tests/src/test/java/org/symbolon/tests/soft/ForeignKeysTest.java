package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.foreign.KeyFile;
import org.symbolon.soft.foreign.ObjectConsumer;
import org.symbolon.soft.foreign.SoftHsmToken;
import org.symbolon.tests.Peer;
import org.symbolon.tests.SoftTokens;
import org.symbolon.transfer.ObjectTransfer;
import org.symbolon.transfer.TransferListener;

/** What OpenSSL and SoftHSM wrote is imported, and is the same key. */
class ForeignKeysTest {
    private static final byte[] MESSAGE = "imported".getBytes(StandardCharsets.US_ASCII);
    private static final String PASS = "correct horse";

    @TempDir
    Path folder;

    private TokenModule module;
    private Session session;
    private final List<String> leftOut = new ArrayList<>();

    @BeforeEach
    void makeToken() throws TokenException {
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "Imported");
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
    }

    private ObjectTransfer transfer() {
        return ObjectTransfer.into(session, new TransferListener() {
            @Override
            public void transferred(TokenObject made) {
                assertThat(made.attributes().isTrue(Attribute.TOKEN)).isTrue();
            }

            @Override
            public void leftOut(String object, String reason) {
                leftOut.add(object + ": " + reason);
            }
        });
    }

    private byte[] run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        assertThat(builder.start().waitFor())
                .as(String.join(" ", command) + "\n" + Files.readString(err))
                .isZero();
        return Files.readAllBytes(out);
    }

    private byte[] openssl(String arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Peer.require("openssl", "openssl").toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        return run(command.toArray(String[]::new));
    }

    private void importFile(String file) throws Exception {
        Optional<Pin> passphrase = Optional.of(Pin.of(PASS.replace(' ', '-').toCharArray()));
        try (KeyFile read = KeyFile.parse(Files.readAllBytes(folder.resolve(file)), passphrase)) {
            for (Attributes object : read.objects()) {
                transfer().object(object);
            }
        }
        assertThat(leftOut).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA -pkeyopt rsa_keygen_bits:2048, rsa -aes256 -traditional, RSA",
        "RSA -pkeyopt rsa_keygen_bits:2048, rsa -des3 -traditional, RSA",
        "EC -pkeyopt ec_paramgen_curve:P-384, ec, EC",
        "EC -pkeyopt ec_paramgen_curve:P-256, pkcs8 -topk8 -scrypt, EC",
        "EC -pkeyopt ec_paramgen_curve:P-521, pkcs8 -topk8 -v2 des3, EC",
        "ED25519, pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512, EDDSA",
        "ED448, pkcs8 -topk8 -v1 PBE-SHA1-3DES, EDDSA",
        "X25519, pkcs8 -topk8 -outform DER, NONE",
        "X448, pkcs8 -topk8 -nocrypt, NONE"
    })
    void keyFile_ofOpenSsl_isTheSameKey(String type, String form, String signs) throws Exception {
        openssl("genpkey -algorithm " + type + " -out plain.pem");
        boolean clear = form.contains("-nocrypt") || form.equals("ec");
        openssl(form + " -in plain.pem -out key" + (clear ? "" : " -passout pass:correct-horse"));
        byte[] publicKey = openssl("pkey -in plain.pem -pubout -outform DER");

        importFile("key");

        TokenObject key = session.require(ObjectQuery.privateKeys());
        assertThat(key.attributes().get(Attribute.PUBLIC_KEY_INFO)).isEqualTo(Bytes.wrap(publicKey));
        if (!signs.equals("NONE")) {
            Mechanism mechanism = mechanism(signs);
            byte[] signature = session.sign((org.symbolon.KeyObject) key, mechanism, MESSAGE);
            var half = (org.symbolon.KeyObject) session.require(ObjectQuery.publicKeys());
            assertThat(session.verify(half, mechanism, MESSAGE, signature)).isTrue();
        }
    }

    private static Mechanism mechanism(String kind) {
        return switch (kind) {
            case "RSA" -> Mechanism.SHA256_RSA_PKCS;
            case "EC" -> Mechanism.ECDSA_SHA256;
            default -> Mechanism.EDDSA;
        };
    }

    @ParameterizedTest
    @CsvSource({"''", "-legacy", "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"})
    void pkcs12_ofOpenSsl_bringsKeyChainAndNames(String form) throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=The-CA -days 9");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr"
                + " -subj /CN=server.example");
        openssl("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 9 -out server.pem");
        openssl(("pkcs12 -export -in server.pem -inkey server.key -certfile ca.pem -name web-server"
                        + " -passout pass:correct-horse -out server.p12 " + form)
                .strip());

        importFile("server.p12");

        TokenObject key = session.privateKey("web-server");
        List<TokenObject> certificates = session.findAll(ObjectQuery.certificates());
        assertThat(certificates).extracting(TokenObject::label).containsExactlyInAnyOrder("web-server", "The-CA");
        TokenObject own = session.require(ObjectQuery.certificates().label("web-server"));
        assertThat(own.attributes().get(Attribute.ID))
                .isEqualTo(key.attributes().get(Attribute.ID));
    }

    // ---- SoftHSM

    private void softHsm() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + folder.resolve("tokens") + "\nobjectstore.backend = file\n");
        run(
                Peer.require("softhsm2-util", "softhsm2").toString(),
                "--init-token",
                "--free",
                "--label",
                "Old",
                "--so-pin",
                "12345678",
                "--pin",
                "1234");
        pkcs11Tool("--keypairgen --key-type rsa:2048 --label rsa --id 01");
        pkcs11Tool("--keypairgen --key-type EC:prime256v1 --label ec --id 02");
        pkcs11Tool("--keygen --key-type AES:32 --label aes --id 03 --extractable");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.der -outform DER -subj /CN=CA -days 9");
        pkcs11Tool("--write-object ca.der --type cert --label ca --id 04");
    }

    private byte[] pkcs11Tool(String arguments) throws IOException, InterruptedException {
        Path library = Peer.requireFile(
                "softhsm2",
                Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"));
        List<String> command = new ArrayList<>(List.of(
                Peer.require("pkcs11-tool", "opensc").toString(),
                "--module",
                library.toString(),
                "--token-label",
                "Old",
                "--login",
                "--pin",
                "1234"));
        command.addAll(List.of(arguments.split(" ", -1)));
        return run(command.toArray(String[]::new));
    }

    private Map<String, String> importSoftHsm(Pin pin) throws Exception {
        List<SoftHsmToken> tokens = SoftHsmToken.in(folder.resolve("tokens"));
        assertThat(tokens).singleElement().extracting(SoftHsmToken::label).isEqualTo("Old");
        Map<String, String> damaged = new HashMap<>();
        ObjectTransfer transfer = transfer();
        tokens.get(0).read(pin, new ObjectConsumer() {
            @Override
            public void object(Attributes object) throws TokenException {
                transfer.object(object);
            }

            @Override
            public void damaged(String file, String reason) {
                damaged.put(file, reason);
            }
        });
        return damaged;
    }

    @Test
    void token_ofSoftHsm_isImportedWhole() throws Exception {
        softHsm();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        Files.write(folder.resolve("message"), MESSAGE);
        Files.write(folder.resolve("digest"), digest);
        pkcs11Tool("--sign --mechanism ECDSA --id 02 --input-file digest --output-file signature");

        assertThat(importSoftHsm(Pin.of("1234".toCharArray()))).isEmpty();

        assertThat(leftOut).isEmpty();
        assertThat(session.findAll(ObjectQuery.all())).hasSize(6);
        assertThat(session.verify(
                        session.publicKey("ec"),
                        Mechanism.ECDSA,
                        digest,
                        Files.readAllBytes(folder.resolve("signature"))))
                .isTrue();
        Files.write(
                folder.resolve("ours"), session.sign(session.privateKey("rsa"), Mechanism.SHA256_RSA_PKCS, MESSAGE));
        assertThat(new String(
                        pkcs11Tool("--verify --mechanism SHA256-RSA-PKCS --id 01 --input-file message"
                                + " --signature-file ours"),
                        StandardCharsets.UTF_8))
                .contains("Signature is valid");
        TokenObject ec = session.privateKey("ec");
        byte[] signature = session.sign((org.symbolon.KeyObject) ec, Mechanism.ECDSA_SHA256, MESSAGE);
        assertThat(session.verify(session.publicKey("ec"), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                .isTrue();
        Attributes flags = session.getAttributes(
                ec, Set.of(Attribute.SENSITIVE, Attribute.EXTRACTABLE, Attribute.LOCAL, Attribute.ID));
        assertThat(flags.isTrue(Attribute.SENSITIVE)).isTrue();
        assertThat(flags.isTrue(Attribute.EXTRACTABLE)).isFalse();
        assertThat(flags.isTrue(Attribute.LOCAL)).isFalse();
        assertThat(flags.get(Attribute.ID)).isEqualTo(Bytes.of((byte) 2));
        assertThat(session.require(ObjectQuery.certificates()).label()).isEqualTo("ca");

        importSoftHsm(Pin.of("1234".toCharArray()));
        assertThat(leftOut).hasSize(6).allMatch(line -> line.endsWith("the token has it already"));
    }

    @Test
    void token_ofSoftHsm_withAnotherPinOrADamagedFile_isRefused() throws Exception {
        softHsm();

        assertThatThrownBy(() -> importSoftHsm(Pin.of("4321".toCharArray())))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("CKR_PIN_INCORRECT");
        Path victim;
        try (var files = Files.walk(folder.resolve("tokens"))) {
            victim = files.filter(file -> file.toString().endsWith(".object") && !file.endsWith("token.object"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(victim);
        Files.write(victim, java.util.Arrays.copyOf(content, content.length - 3));

        assertThat(importSoftHsm(Pin.of("1234".toCharArray())))
                .containsOnlyKeys(String.valueOf(victim.getFileName()))
                .containsValue(victim.getFileName() + " ends in the middle of an attribute");
        assertThat(session.findAll(ObjectQuery.all())).hasSize(5);
        assertThat(session.findAll(ObjectQuery.of(ObjectClass.SECRET_KEY)).size())
                .isLessThan(2);
    }
}
