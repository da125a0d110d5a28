package org.symbolon.remote.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the protocol types attributes and the parameters of mechanisms: {@code types.tsv}, as one version has it. */
public final class TypeTable {
    private static final List<TypeTable> BY_VERSION = read();
    private static final int COLUMNS = 5;

    private final Map<Long, AttributeKind> attributes = new HashMap<>();
    private final Map<Long, String> mechanisms = new HashMap<>();

    private TypeTable() {}

    /** How the value of an attribute is written. */
    public enum AttributeKind {
        /** One byte. */
        BYTE,
        /** A number. */
        ULONG,
        /** Attributes. */
        ATTRIBUTES,
        /** Numbers. */
        MECHANISMS,
        /** A byte array of none or eight bytes. */
        DATE,
        /** A byte array: everything that the table does not name. */
        BYTES
    }

    /**
     * Returns the table for a dialect.
     *
     * @param dialect the dialect
     * @return the table
     */
    public static TypeTable of(Dialect dialect) {
        return BY_VERSION.get(dialect.version());
    }

    /**
     * Returns the table for the mechanisms of a dialect: the newer form goes with the newest table, whatever the version.
     *
     * @param dialect the dialect
     * @return the table
     */
    public static TypeTable ofMechanisms(Dialect dialect) {
        return of(dialect.mechanisms() == Dialect.Mechanisms.NEW ? Dialect.V2 : dialect);
    }

    /**
     * Returns how an attribute is written.
     *
     * @param type any CKA_ number
     * @return its kind
     */
    public AttributeKind attribute(long type) {
        return attributes.getOrDefault(type, AttributeKind.BYTES);
    }

    /**
     * Returns the fields of a mechanism's parameter: {@code u} for a number, {@code y} for a byte, {@code b} for a byte array.
     *
     * @param type any CKM_ number
     * @return the fields, none if it takes no parameter; or empty if the table does not know the mechanism
     */
    public Optional<String> parameter(long type) {
        return Optional.ofNullable(mechanisms.get(type));
    }

    private static List<TypeTable> read() {
        List<TypeTable> tables = List.of(new TypeTable(), new TypeTable(), new TypeTable());
        for (String line : lines()) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("\t", COLUMNS);
                for (int version = Integer.parseInt(cells[3]); version < tables.size(); version++) {
                    tables.get(version).add(cells[0], Long.decode(cells[1]), cells[2]);
                }
            }
        }
        return tables;
    }

    private void add(String kind, long code, String type) {
        if (kind.equals("attribute")) {
            attributes.put(code, AttributeKind.valueOf(type.toUpperCase(Locale.ROOT)));
        } else {
            mechanisms.put(code, type.equals("none") ? "" : type);
        }
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(TypeTable.class.getResourceAsStream("types.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
