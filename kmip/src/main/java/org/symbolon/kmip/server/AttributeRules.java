package org.symbolon.kmip.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.TableResource;
import org.symbolon.kmip.ttlv.VersionRange;

/** Who may set, change and delete an attribute, and in which versions an object has it (KMIP 2.1 section 4, and its like). */
final class AttributeRules {
    private static final Map<AttributeType<?>, Rule> RULES = read();
    private static final Rule VENDORS =
            new Rule(new VersionRange(KmipVersion.V1_0, KmipVersion.V2_1), true, true, true, true);

    private AttributeRules() {}

    /**
     * A row of the table.
     *
     * @param versions where objects have it
     * @param byClient whether a client may set it first
     * @param modify whether a client may change it
     * @param delete whether a client may delete it
     * @param multiple whether it may have several values
     */
    record Rule(VersionRange versions, boolean byClient, boolean modify, boolean delete, boolean multiple) {}

    /** Returns the rule of an attribute; empty for one that neither the standard nor a vendor's name space has. */
    static Optional<Rule> of(AttributeType<?> type) {
        if (!type.vendor().isEmpty()) {
            return Optional.of(type.vendor().equals(AttributeType.SERVER) ? readOnly() : VENDORS);
        }
        return Optional.ofNullable(RULES.get(type));
    }

    private static Rule readOnly() {
        return new Rule(VENDORS.versions, false, false, false, true);
    }

    /** Returns whether objects have the attribute in a version, so that its clients may see it. */
    static boolean isIn(AttributeType<?> type, KmipVersion version) {
        boolean named =
                version.isAtLeast(KmipVersion.V2_0) || type.versionOneName().isPresent();
        return named && of(type).filter(rule -> rule.versions.includes(version)).isPresent();
    }

    private static Map<AttributeType<?>, Rule> read() {
        Map<AttributeType<?>, Rule> rules = new HashMap<>();
        for (String[] row : TableResource.rows(AttributeRules.class, "attribute-rules.tsv")) {
            rules.put(
                    AttributeType.ofName(row[0]),
                    new Rule(VersionRange.parse(row[1]), yes(row[2]), yes(row[3]), yes(row[4]), yes(row[5])));
        }
        return rules;
    }

    private static boolean yes(String cell) {
        return cell.equals("yes");
    }
}
