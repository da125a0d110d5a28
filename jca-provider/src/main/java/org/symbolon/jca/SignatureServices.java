package org.symbolon.jca;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;

/** The Signature services, made from the table of mechanisms. */
final class SignatureServices {
    private static final String SIGNATURE = "Signature";
    private static final String P1363_SUFFIX = "inP1363Format";

    private final SymbolonProvider provider;
    private final Predicate<MechanismType> offered;
    private final List<TokenService> services = new ArrayList<>();

    private SignatureServices(SymbolonProvider provider, Predicate<MechanismType> offered) {
        this.provider = provider;
        this.offered = offered;
    }

    static List<TokenService> of(SymbolonProvider provider, Predicate<MechanismType> offered) {
        SignatureServices made = new SignatureServices(provider, offered);
        for (MechanismTable.Row row : MechanismTable.rows()) {
            for (String name : ServiceTable.names(row, SIGNATURE)) {
                made.add(row, name);
            }
        }
        return made.services;
    }

    private void add(MechanismTable.Row row, String name) {
        KeyType keyType = row.keyType().orElseThrow();
        if (keyType.equals(KeyType.EC)) {
            EcdsaEncoding encoding = name.endsWith(P1363_SUFFIX) ? EcdsaEncoding.P1363 : EcdsaEncoding.DER;
            add(
                    name,
                    EcdsaSignature.class,
                    algorithms("EC"),
                    List.of(Mechanism.ECDSA.type(), row.type()),
                    () -> new EcdsaSignature(provider, name, row, encoding));
        } else if (keyType.equals(KeyType.EC_EDWARDS)) {
            add(
                    name,
                    EdDsaSignature.class,
                    algorithms("EdDSA"),
                    List.of(row.type()),
                    () -> new EdDsaSignature(provider, name));
        } else if (keyType.equals(KeyType.RSA)) {
            rsa(row, name);
        } else {
            Predicate<TokenKey> keys = key ->
                    key instanceof TokenPrivateKey own && own.object().keyType().equals(keyType);
            add(
                    name,
                    ParameterSetSignature.class,
                    keys,
                    List.of(row.type()),
                    () -> new ParameterSetSignature(provider, name, row));
        }
    }

    private void rsa(MechanismTable.Row row, String name) {
        if (row.type().equals(Mechanism.RSA_PKCS_PSS.type())) {
            add(
                    name,
                    RsaPssSignature.class,
                    algorithms("RSA", "RSASSA-PSS"),
                    pssMechanisms(),
                    () -> new RsaPssSignature(provider));
        } else if (isPss(row)) {
            HashAlgorithm hash = row.hash().orElseThrow();
            List<MechanismType> mechanisms =
                    List.of(Mechanism.RSA_PKCS_PSS.type(), row.type(), Mechanism.RSA_X_509.type());
            add(
                    name,
                    RsaPssSignature.class,
                    algorithms("RSA", "RSASSA-PSS"),
                    mechanisms,
                    () -> new RsaPssSignature(provider, hash));
        } else {
            add(
                    name,
                    RsaPkcs1Signature.class,
                    algorithms("RSA"),
                    List.of(Mechanism.RSA_PKCS.type(), row.type()),
                    () -> new RsaPkcs1Signature(provider, name, row));
        }
    }

    private static List<MechanismType> pssMechanisms() {
        List<MechanismType> types = new ArrayList<>(List.of(Mechanism.RSA_PKCS_PSS.type(), Mechanism.RSA_X_509.type()));
        MechanismTable.rows().stream().filter(SignatureServices::isPss).forEach(row -> types.add(row.type()));
        return types;
    }

    /** Returns whether a mechanism hashes and then signs with PSS. */
    static boolean isPss(MechanismTable.Row row) {
        return row.jcaNames().stream().anyMatch(name -> name.endsWith("withRSASSA-PSS"));
    }

    private static Predicate<TokenKey> algorithms(String... names) {
        Set<String> wanted = Set.of(names);
        return key -> key instanceof TokenPrivateKey && wanted.contains(key.getAlgorithm());
    }

    private void add(
            String name,
            Class<?> engineClass,
            Predicate<TokenKey> keys,
            List<MechanismType> mechanisms,
            TokenService.Engine engine) {
        if (mechanisms.stream().anyMatch(offered)) {
            services.add(new KeyBoundService(
                    provider,
                    SIGNATURE,
                    name,
                    engineClass,
                    Identifiers.ofSignature(name),
                    Map.of(),
                    new KeyBoundService.Use(keys, Set.of(MechanismFunction.SIGN), mechanisms),
                    engine));
        }
    }
}
