package org.symbolon.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The classes of every module but the tests, and the table of who may know whom. */
final class House {
    /** What every module may know. */
    private static final List<String> GROUND = List.of("java", "javax", "org.slf4j", "org.jspecify", "org.apiguardian");

    /** Parts of the JDK that only those may know who name them. */
    private static final List<String> RESERVED = List.of("java.sql", "javax.sql", "javax.net", "javax.naming");

    private static final String MODEL = "org.symbolon";
    private static final String EVERYTHING = "every module";
    private static final List<String> API = List.of(
            MODEL,
            "org.symbolon.spi",
            "org.symbolon.config",
            "org.symbolon.key",
            "org.symbolon.policy",
            "org.symbolon.serve",
            "org.symbolon.transfer");

    /**
     * A part of the house.
     *
     * @param root its package, with those below it that have no row of their own
     * @param mayKnow what it may know beside itself and the ground
     * @param least how many classes it has at least: a rule that sees fewer has looked in the wrong place
     */
    record Row(String root, List<String> mayKnow, int least) {}

    /** The dependency table of the design, with a row for each package that a third party's library is confined to. */
    static final List<Row> TABLE = List.of(
            new Row(MODEL, List.of("org.symbolon.spi"), 60),
            new Row("org.symbolon.spi", List.of(MODEL), 20),
            new Row("org.symbolon.key", List.of(MODEL, "org.symbolon.spi"), 8),
            new Row("org.symbolon.transfer", List.of(MODEL), 3),
            new Row("org.symbolon.transport", List.of(MODEL, "org.symbolon.config", "javax.net"), 6),
            new Row(
                    "org.symbolon.serve",
                    List.of(MODEL, "org.symbolon.config", "org.symbolon.transport", "javax.net", "jdk.net"),
                    20),
            new Row("org.symbolon.policy", List.of(MODEL, "org.symbolon.spi"), 0),
            new Row(
                    "org.symbolon.config",
                    List.of(MODEL, "org.symbolon.spi", "com.fasterxml.jackson", "org.yaml.snakeyaml"),
                    5),
            withApi(
                    "org.symbolon.soft",
                    60,
                    "org.bouncycastle",
                    "java.sql",
                    "javax.sql",
                    "org.sqlite",
                    "org.postgresql",
                    "com.zaxxer.hikari",
                    "com.amazon.corretto"),
            withApi(
                    "org.symbolon.kmip",
                    1,
                    "org.symbolon.transport",
                    "okhttp3",
                    "okio",
                    "com.fasterxml.jackson",
                    "javax.net",
                    "jdk.jfr"),
            withApi("org.symbolon.remote", 40, "org.symbolon.transport", "javax.net", "org.ietf.jgss"),
            withApi("org.symbolon.remote.sespake", 0, "org.symbolon.remote", "org.bouncycastle"),
            withApi("org.symbolon.remote.ldap", 0, "org.symbolon.remote", "com.unboundid"),
            withApi("org.symbolon.jca", 30),
            withApi("org.symbolon.ssh", 30, "org.symbolon.transport", "javax.naming"), // the names in certificates
            withApi("org.symbolon.ssh.mina", 5, "org.symbolon.ssh", "org.apache.sshd"),
            withApi("org.symbolon.ssh.sshj", 1, "org.symbolon.ssh", "net.schmizz", "com.hierynomus"),
            withApi("org.symbolon.ssh.jsch", 2, "org.symbolon.ssh", "com.jcraft"),
            withApi(
                    "org.symbolon.spring",
                    20,
                    "org.symbolon.jca",
                    "org.symbolon.ssh",
                    "org.symbolon.ssh.mina",
                    "org.springframework",
                    "io.micrometer",
                    "org.apache.sshd",
                    "javax.net"),
            withApi(
                    "org.symbolon.cli",
                    25,
                    EVERYTHING,
                    "picocli",
                    "com.fasterxml.jackson",
                    "org.apache.sshd",
                    "org.bouncycastle",
                    "javax.net"),
            withApi(
                    "org.symbolon.examples",
                    4,
                    EVERYTHING,
                    "org.apache.sshd",
                    "net.schmizz",
                    "com.jcraft",
                    "com.trilead"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/org/symbolon/tests/"))
            .importPackages(MODEL);

    private House() {}

    private static Row withApi(String root, int least, String... others) {
        return new Row(
                root, Stream.concat(API.stream(), List.of(others).stream()).toList(), least);
    }

    static JavaClasses classes() {
        return CLASSES;
    }

    static List<JavaClass> classesOf(Row row) {
        return CLASSES.stream()
                .filter(type -> rowOf(type.getPackageName()).equals(row))
                .toList();
    }

    /** The row whose root is the nearest at or above a package. */
    static Row rowOf(String packageName) {
        return TABLE.stream()
                .filter(row -> isAtOrBelow(packageName, row.root()))
                .max(Comparator.comparingInt(row -> row.root().length()))
                .orElseThrow();
    }

    /** Whether classes of a row may know a package. */
    static boolean allows(Row row, String packageName) {
        if (isAtOrBelow(packageName, MODEL)) {
            Row target = rowOf(packageName);
            return target.equals(row)
                    || row.mayKnow().contains(target.root())
                    || row.mayKnow().contains(EVERYTHING);
        }
        return row.mayKnow().stream().anyMatch(known -> !known.equals(MODEL) && isAtOrBelow(packageName, known))
                || (GROUND.stream().anyMatch(known -> isAtOrBelow(packageName, known))
                        && RESERVED.stream().noneMatch(kept -> isAtOrBelow(packageName, kept)));
    }

    private static boolean isAtOrBelow(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }
}
