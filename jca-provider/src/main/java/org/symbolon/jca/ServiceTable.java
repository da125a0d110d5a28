package org.symbolon.jca;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenRsaPrivateKey;

/** The provider's services, made from the one table of mechanisms. */
final class ServiceTable {
    private static final String KEY_PAIR_GENERATOR = "KeyPairGenerator";
    private static final String KEM_API = "javax.crypto.KEMSpi";
    private static final Map<String, String> RSA_CIPHER = Map.of(
            "SupportedModes",
            "ECB|NONE",
            "SupportedPaddings",
            "NOPADDING|PKCS1PADDING|OAEPPADDING|OAEPWITH(MD5|SHA1|SHA-1|SHA-224|SHA-256|SHA-384|SHA-512|"
                    + "SHA-512/224|SHA-512/256|SHA3-224|SHA3-256|SHA3-384|SHA3-512)ANDMGF1PADDING");

    private final SymbolonProvider provider;
    private final Predicate<MechanismType> offered;
    private final List<TokenService> services = new ArrayList<>();

    private ServiceTable(SymbolonProvider provider, Predicate<MechanismType> offered) {
        this.provider = provider;
        this.offered = offered;
    }

    /**
     * Returns the services that are bound to keys, which never take a key away from another provider.
     *
     * @param offered the mechanisms that the token has
     */
    static List<TokenService> keyBound(SymbolonProvider provider, Predicate<MechanismType> offered) {
        ServiceTable table = new ServiceTable(provider, offered);
        table.services.addAll(SignatureServices.of(provider, offered));
        table.ciphers();
        table.macs();
        table.keyAgreements();
        table.kems();
        return table.services;
    }

    /** Returns the services that are found by name alone: generators, factories, hashes, random numbers. */
    static List<TokenService> named(SymbolonProvider provider, Predicate<MechanismType> offered) {
        ServiceTable table = new ServiceTable(provider, offered);
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : names(row, KEY_PAIR_GENERATOR)) {
                table.keyPairGenerator(row, name);
            }
            for (String name : names(row, "MessageDigest")) {
                table.add(
                        "MessageDigest",
                        name,
                        SoftwareDigest.class,
                        Identifiers.ofDigest(name),
                        Map.of(),
                        () -> SoftwareDigest.of(name));
            }
        }
        table.secretKeys();
        table.add(
                "SecureRandom",
                SymbolonProvider.NAME,
                TokenRandom.class,
                List.of(),
                Map.of("ThreadSafe", "true"),
                () -> new TokenRandom(provider));
        return table.services;
    }

    /** Returns the key store under its own type and, if that is wanted, under the type PKCS11. */
    static TokenService keyStore(SymbolonProvider provider, boolean alsoPkcs11) {
        return new TokenService(
                provider,
                "KeyStore",
                SymbolonProvider.NAME,
                TokenKeyStore.class,
                alsoPkcs11 ? List.of("PKCS11") : List.of(),
                Map.of(),
                () -> new TokenKeyStore(provider));
    }

    /** Returns the names of a mechanism for one kind of engine. */
    static List<String> names(MechanismTable.Row row, String engine) {
        return row.jcaNames().stream()
                .filter(name -> name.startsWith(engine + ":"))
                .map(name -> name.substring(engine.length() + 1))
                .toList();
    }

    // ---- bound to keys

    private void ciphers() {
        keyBound(
                "Cipher",
                "RSA",
                RsaCipher.class,
                List.of(),
                RSA_CIPHER,
                new KeyBoundService.Use(
                        TokenRsaPrivateKey.class::isInstance,
                        Set.of(MechanismFunction.DECRYPT, MechanismFunction.UNWRAP, MechanismFunction.SIGN),
                        List.of(Mechanism.RSA_PKCS.type(), Mechanism.RSA_X_509.type(), Mechanism.RSA_PKCS_OAEP.type())),
                () -> new RsaCipher(provider));
        for (CipherAlgorithm algorithm : CipherAlgorithm.all()) {
            keyBound(
                    "Cipher",
                    algorithm.name(),
                    SecretKeyCipher.class,
                    algorithm.aliases(),
                    Map.of(),
                    new KeyBoundService.Use(
                            algorithm::takes,
                            Set.of(
                                    MechanismFunction.ENCRYPT,
                                    MechanismFunction.DECRYPT,
                                    MechanismFunction.WRAP,
                                    MechanismFunction.UNWRAP),
                            List.of(algorithm.type())),
                    () -> new SecretKeyCipher(provider, algorithm));
        }
    }

    private void macs() {
        for (MacAlgorithm algorithm : MacAlgorithm.all()) {
            keyBound(
                    "Mac",
                    algorithm.name(),
                    TokenMac.class,
                    algorithm.aliases(),
                    Map.of(),
                    use(algorithm::takes, MechanismFunction.SIGN, algorithm.type()),
                    () -> new TokenMac(provider, algorithm));
        }
    }

    private void keyAgreements() {
        for (AgreementAlgorithm algorithm : AgreementAlgorithm.all()) {
            keyBound(
                    "KeyAgreement",
                    algorithm.name(),
                    TokenKeyAgreement.class,
                    algorithm.aliases(),
                    Map.of(),
                    use(algorithm::takes, MechanismFunction.DERIVE, algorithm.type()),
                    () -> new TokenKeyAgreement(provider, algorithm));
        }
    }

    /** Java 17 has the KEM API in its later updates only. */
    private void kems() {
        if (!isThere(KEM_API)) {
            return;
        }
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : names(row, "KEM")) {
                KemService.add(this, row.type(), name);
            }
        }
        KemService.addDhKem(this);
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** What refers to the KEM API, in a class that is loaded where there is one. */
    private static final class KemService {
        private KemService() {}

        static void add(ServiceTable table, MechanismType type, String name) {
            Predicate<TokenKey> keys = key -> key.object().keyType().equals(KeyType.ML_KEM);
            table.keyBound(
                    "KEM",
                    name,
                    TokenKem.class,
                    Identifiers.ofParameterSet(name),
                    Map.of(),
                    use(keys, MechanismFunction.DECAPSULATE, type),
                    () -> new TokenKem(table.provider, name));
        }

        static void addDhKem(ServiceTable table) {
            table.keyBound(
                    "KEM",
                    TokenDhKem.NAME,
                    TokenDhKem.class,
                    List.of(),
                    Map.of(),
                    use(TokenDhKem::takes, MechanismFunction.DERIVE, Mechanism.ECDH1_DERIVE.type()),
                    () -> new TokenDhKem(table.provider));
        }
    }

    private static KeyBoundService.Use use(Predicate<TokenKey> keys, MechanismFunction function, MechanismType type) {
        return new KeyBoundService.Use(keys, Set.of(function), List.of(type));
    }

    private void keyBound(
            String type,
            String name,
            Class<?> engineClass,
            List<String> aliases,
            Map<String, String> attributes,
            KeyBoundService.Use use,
            TokenService.Engine engine) {
        if (use.mechanisms().stream().anyMatch(offered)) {
            services.add(new KeyBoundService(provider, type, name, engineClass, aliases, attributes, use, engine));
        }
    }

    // ---- found by name

    private void keyPairGenerator(MechanismTable.Row row, String name) {
        Optional<KeyPairAlgorithm> algorithm = KeyPairAlgorithm.of(name);
        if (algorithm.isPresent() && offered.test(row.type())) {
            add(
                    KEY_PAIR_GENERATOR,
                    name,
                    TokenKeyPairGenerator.class,
                    name.equals("DH") ? List.of("DiffieHellman") : Identifiers.ofParameterSet(name),
                    Map.of(),
                    () -> new TokenKeyPairGenerator(provider, algorithm.get()));
            keyFactory(name);
            if (name.equals("RSA")) {
                keyFactory("RSASSA-PSS");
            }
        }
    }

    private void keyFactory(String name) {
        add(
                "KeyFactory",
                name,
                TokenKeyFactory.class,
                Identifiers.ofKey(name),
                Map.of(),
                () -> new TokenKeyFactory(provider, name));
    }

    private void secretKeys() {
        for (SecretKeyAlgorithm algorithm : SecretKeyAlgorithm.all()) {
            if (offered.test(algorithm.generation())) {
                add(
                        "KeyGenerator",
                        algorithm.name(),
                        TokenKeyGenerator.class,
                        List.of(),
                        Map.of(),
                        () -> new TokenKeyGenerator(provider, algorithm));
            }
            secretKeyFactory(algorithm.name(), Optional.empty());
        }
        if (offered.test(Mechanism.PKCS5_PBKD2.type())) {
            for (HashAlgorithm hash : HashAlgorithm.values()) {
                if (hash.jcaName().startsWith("SHA-")) {
                    String hmac = "PBKDF2WithHmac" + hash.jcaName().replace("-", "");
                    secretKeyFactory(hmac, Optional.of(hash));
                }
            }
        }
    }

    private void secretKeyFactory(String name, Optional<HashAlgorithm> passwordHash) {
        add(
                "SecretKeyFactory",
                name,
                TokenSecretKeyFactory.class,
                List.of(),
                Map.of(),
                () -> new TokenSecretKeyFactory(provider, name, passwordHash));
    }

    private void add(
            String type,
            String algorithm,
            Class<?> engineClass,
            List<String> aliases,
            Map<String, String> attributes,
            TokenService.Engine engine) {
        services.add(new TokenService(provider, type, algorithm, engineClass, aliases, attributes, engine));
    }
}
