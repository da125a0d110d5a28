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
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;

/** The provider's services, made from the one table of mechanisms. */
final class ServiceTable {
    private static final String SIGNATURE = "Signature";
    private static final String KEY_PAIR_GENERATOR = "KeyPairGenerator";
    private static final String P1363_SUFFIX = "inP1363Format";
    private static final Set<String> RSA = Set.of("RSA");
    private static final Set<String> RSA_AND_PSS = Set.of("RSA", "RSASSA-PSS");
    private static final Set<String> EC = Set.of("EC");
    private static final Set<String> EDDSA = Set.of("EdDSA");

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
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : names(row, SIGNATURE)) {
                table.signature(row, name);
            }
        }
        return table.services;
    }

    /** Returns the services that are found by name alone: key stores, generators, random numbers. */
    static List<TokenService> named(SymbolonProvider provider, Predicate<MechanismType> offered) {
        ServiceTable table = new ServiceTable(provider, offered);
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : names(row, KEY_PAIR_GENERATOR)) {
                table.keyPairGenerator(row, name);
            }
        }
        table.add(
                "SecureRandom",
                SymbolonProvider.NAME,
                TokenRandom.class,
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

    private static List<String> names(MechanismTable.Row row, String engine) {
        return row.jcaNames().stream()
                .filter(name -> name.startsWith(engine + ":"))
                .map(name -> name.substring(engine.length() + 1))
                .toList();
    }

    private void signature(MechanismTable.Row row, String name) {
        KeyType keyType = row.keyType().orElseThrow();
        if (keyType.equals(KeyType.EC)) {
            EcdsaEncoding encoding = name.endsWith(P1363_SUFFIX) ? EcdsaEncoding.P1363 : EcdsaEncoding.DER;
            signature(
                    name,
                    EcdsaSignature.class,
                    EC,
                    List.of(Mechanism.ECDSA.type(), row.type()),
                    () -> new EcdsaSignature(provider, name, row, encoding));
        } else if (keyType.equals(KeyType.EC_EDWARDS)) {
            signature(name, EdDsaSignature.class, EDDSA, List.of(row.type()), () -> new EdDsaSignature(provider, name));
        } else if (row.type().equals(Mechanism.RSA_PKCS_PSS.type())) {
            signature(name, RsaPssSignature.class, RSA_AND_PSS, pssMechanisms(), () -> new RsaPssSignature(provider));
        } else if (isPss(row)) {
            HashAlgorithm hash = row.hash().orElseThrow();
            List<MechanismType> mechanisms =
                    List.of(Mechanism.RSA_PKCS_PSS.type(), row.type(), Mechanism.RSA_X_509.type());
            signature(name, RsaPssSignature.class, RSA_AND_PSS, mechanisms, () -> new RsaPssSignature(provider, hash));
        } else if (keyType.equals(KeyType.RSA)) {
            List<MechanismType> mechanisms = List.of(Mechanism.RSA_PKCS.type(), row.type());
            signature(name, RsaPkcs1Signature.class, RSA, mechanisms, () -> new RsaPkcs1Signature(provider, name, row));
        }
    }

    private static List<MechanismType> pssMechanisms() {
        List<MechanismType> types = new ArrayList<>(List.of(Mechanism.RSA_PKCS_PSS.type(), Mechanism.RSA_X_509.type()));
        MechanismTable.rows().stream().filter(ServiceTable::isPss).forEach(row -> types.add(row.type()));
        return types;
    }

    /** Returns whether a mechanism hashes and then signs with PSS. */
    static boolean isPss(MechanismTable.Row row) {
        return row.jcaNames().stream().anyMatch(name -> name.endsWith("withRSASSA-PSS"));
    }

    private void signature(
            String name,
            Class<?> engineClass,
            Set<String> keyAlgorithms,
            List<MechanismType> mechanisms,
            TokenService.Engine engine) {
        if (mechanisms.stream().anyMatch(offered)) {
            services.add(
                    new KeyBoundService(provider, SIGNATURE, name, engineClass, keyAlgorithms, mechanisms, engine));
        }
    }

    private void keyPairGenerator(MechanismTable.Row row, String name) {
        Optional<KeyPairAlgorithm> algorithm = KeyPairAlgorithm.of(name);
        if (algorithm.isPresent() && offered.test(row.type())) {
            add(
                    KEY_PAIR_GENERATOR,
                    name,
                    TokenKeyPairGenerator.class,
                    Map.of(),
                    () -> new TokenKeyPairGenerator(provider, algorithm.get()));
        }
    }

    private void add(
            String type,
            String algorithm,
            Class<?> engineClass,
            Map<String, String> attributes,
            TokenService.Engine engine) {
        services.add(new TokenService(provider, type, algorithm, engineClass, List.of(), attributes, engine));
    }
}
