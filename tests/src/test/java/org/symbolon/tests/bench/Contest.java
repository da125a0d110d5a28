package org.symbolon.tests.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.symbolon.Attribute;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.tests.SoftTokens;

/** One contender, ready for one workload: its key made, its token open. Threads take an {@link Operation} each. */
final class Contest implements Closeable {
    private static final String LABEL = "bench";

    private final Workload workload;
    private final Deque<Closeable> closing = new ArrayDeque<>();
    private final Maker maker;

    /** Makes what one thread does again and again. */
    private interface Maker {
        Operation make() throws GeneralSecurityException;
    }

    /** What is measured. */
    interface Operation {
        byte[] run() throws GeneralSecurityException;
    }

    Contest(Workload workload, Contender contender) throws GeneralSecurityException, IOException {
        this.workload = workload;
        this.maker = switch (contender) {
            case RAW_ACCP -> raw(AmazonCorrettoCryptoProvider.INSTANCE);
            case RAW_JDK -> raw(jdk(workload));
            case RAW_BC -> raw(new BouncyCastleProvider());
            case PKCS11 -> raw(SoftHsm.provider());
            case API, API_JAVA, JCA, JCA_JAVA -> token(contender);
        };
    }

    Operation operation() throws GeneralSecurityException {
        return maker.make();
    }

    private static Provider jdk(Workload workload) {
        return Security.getProvider(
                switch (workload) {
                    case RSA_2048 -> "SunRsaSign";
                    case ECDSA_P256, ECDSA_P384, ED25519 -> "SunEC";
                    case AES_GCM_1K, AES_GCM_64K -> "SunJCE";
                });
    }

    private Maker raw(Provider provider) throws GeneralSecurityException {
        if (workload.isSignature()) {
            PrivateKey key = workload.keyPair(provider).getPrivate();
            return () -> signing(provider, key);
        }
        SecretKey key = provider.getService("KeyGenerator", "AES") == null
                ? new SecretKeySpec(new byte[Workload.AES_KEY_BYTES], "AES")
                : generate(provider);
        return () -> new GcmEncryption(provider, key, workload.message());
    }

    private static SecretKey generate(Provider provider) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(8 * Workload.AES_KEY_BYTES);
        return generator.generateKey();
    }

    private Operation signing(Provider provider, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(workload.algorithm(), provider);
        signature.initSign(key);
        byte[] message = workload.message();
        return () -> {
            signature.update(message);
            return signature.sign();
        };
    }

    private Maker token(Contender contender) throws GeneralSecurityException, IOException {
        Path directory = Files.createTempDirectory("symbolon-bench");
        Path file = directory.resolve("token.db");
        closing.push(() -> ScratchFiles.delete(directory));
        TokenModule module = SoftTokens.inDatabase(file);
        closing.push(module::close);
        Session first = SoftTokens.newSession(module, LABEL);
        closing.push(first::close);
        KeyObject key = key(first);
        ModuleOptions options = ModuleOptions.ofDefaults().withSetting("engine", contender.engines());
        TokenModule chosen = TokenModule.open("soft:sqlite:" + file, options);
        closing.push(chosen::close);
        Session session = chosen.token(LABEL).open(org.symbolon.Login.user(SoftTokens.PIN));
        closing.push(session::close);
        first.close();
        return contender.isApi() ? () -> api(session, key) : jca(session);
    }

    private KeyObject key(Session session) throws GeneralSecurityException {
        Template template = Template.label(LABEL);
        if (workload.isSignature()) {
            return session.generateKeyPair(workload.keyPairGen(), template).privateKey();
        }
        return session.generateKey(
                workload.keyPairGen(), template.with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true));
    }

    private Operation api(Session session, KeyObject key) {
        byte[] message = workload.message();
        if (workload.isSignature()) {
            Mechanism mechanism = workload.mechanism();
            return () -> session.sign(key, mechanism, message);
        }
        CountingIv iv = new CountingIv();
        return () -> session.encrypt(key, Mechanism.AES_GCM.iv(org.symbolon.Bytes.wrap(iv.next())), message);
    }

    private Maker jca(Session session) throws GeneralSecurityException, IOException {
        SymbolonProvider provider = SymbolonProvider.of(session);
        closing.push(provider::close);
        KeyStore keys = KeyStore.getInstance("Symbolon", provider);
        keys.load(null, null);
        Key key = keys.getKey(LABEL, null);
        return workload.isSignature()
                ? () -> signing(provider, (PrivateKey) key)
                : () -> new GcmEncryption(provider, (SecretKey) key, workload.message());
    }

    @Override
    public void close() throws IOException {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
    }
}
