package org.symbolon.kmip.object;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CertificateType;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.NistKeyType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ProtectionLevel;
import org.symbolon.kmip.enumeration.ProtectionStorageMask;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * An attribute that objects may have (KMIP 2.1 section 4). Compares by vendor and name; attributes of vendors and of later versions
 * are legal.
 *
 * @param <T> the type of its values
 */
public final class AttributeType<T> {
    private static final Map<Tag, AttributeType<?>> STANDARD = new HashMap<>();

    /** Activation Date. */
    public static final AttributeType<Instant> ACTIVATION_DATE = standard("ActivationDate", Instant.class);

    /** Alternative Name. */
    public static final AttributeType<AlternativeName> ALTERNATIVE_NAME =
            standard("AlternativeName", AlternativeName.class);

    /** Always Sensitive. */
    public static final AttributeType<Boolean> ALWAYS_SENSITIVE = standard("AlwaysSensitive", Boolean.class);

    /** Application Specific Information. */
    public static final AttributeType<ApplicationSpecificInformation> APPLICATION_SPECIFIC_INFORMATION =
            standard("ApplicationSpecificInformation", ApplicationSpecificInformation.class);

    /** Archive Date. */
    public static final AttributeType<Instant> ARCHIVE_DATE = standard("ArchiveDate", Instant.class);

    /** Certificate Identifier. */
    public static final AttributeType<CertificateIdentifier> CERTIFICATE_IDENTIFIER =
            standard("CertificateIdentifier", CertificateIdentifier.class);

    /** Certificate Issuer. */
    public static final AttributeType<CertificateIssuer> CERTIFICATE_ISSUER =
            standard("CertificateIssuer", CertificateIssuer.class);

    /** Certificate Length. */
    public static final AttributeType<Integer> CERTIFICATE_LENGTH = standard("CertificateLength", Integer.class);

    /** Certificate Subject. */
    public static final AttributeType<CertificateSubject> CERTIFICATE_SUBJECT =
            standard("CertificateSubject", CertificateSubject.class);

    /** Certificate Type. */
    public static final AttributeType<CertificateType> CERTIFICATE_TYPE =
            standard("CertificateType", CertificateType.class);

    /** Comment. */
    public static final AttributeType<String> COMMENT = standard("Comment", String.class);

    /** Compromise Date. */
    public static final AttributeType<Instant> COMPROMISE_DATE = standard("CompromiseDate", Instant.class);

    /** Compromise Occurrence Date. */
    public static final AttributeType<Instant> COMPROMISE_OCCURRENCE_DATE =
            standard("CompromiseOccurrenceDate", Instant.class);

    /** Contact Information. */
    public static final AttributeType<String> CONTACT_INFORMATION = standard("ContactInformation", String.class);

    /** Cryptographic Algorithm. */
    public static final AttributeType<CryptographicAlgorithm> CRYPTOGRAPHIC_ALGORITHM =
            standard("CryptographicAlgorithm", CryptographicAlgorithm.class);

    /** Cryptographic Length. */
    public static final AttributeType<Integer> CRYPTOGRAPHIC_LENGTH = standard("CryptographicLength", Integer.class);

    /** Cryptographic Parameters. */
    public static final AttributeType<CryptographicParameters> CRYPTOGRAPHIC_PARAMETERS =
            standard("CryptographicParameters", CryptographicParameters.class);

    /** Cryptographic Usage Mask. */
    public static final AttributeType<CryptographicUsageMask> CRYPTOGRAPHIC_USAGE_MASK =
            standard("CryptographicUsageMask", CryptographicUsageMask.class);

    /** Deactivation Date. */
    public static final AttributeType<Instant> DEACTIVATION_DATE = standard("DeactivationDate", Instant.class);

    /** Description. */
    public static final AttributeType<String> DESCRIPTION = standard("Description", String.class);

    /** Destroy Date. */
    public static final AttributeType<Instant> DESTROY_DATE = standard("DestroyDate", Instant.class);

    /** Digest. */
    public static final AttributeType<Digest> DIGEST = standard("Digest", Digest.class);

    /** Digital Signature Algorithm. */
    public static final AttributeType<DigitalSignatureAlgorithm> DIGITAL_SIGNATURE_ALGORITHM =
            standard("DigitalSignatureAlgorithm", DigitalSignatureAlgorithm.class);

    /** Extractable. */
    public static final AttributeType<Boolean> EXTRACTABLE = standard("Extractable", Boolean.class);

    /** Fresh. */
    public static final AttributeType<Boolean> FRESH = standard("Fresh", Boolean.class);

    /** Initial Date. */
    public static final AttributeType<Instant> INITIAL_DATE = standard("InitialDate", Instant.class);

    /** Key Format Type. */
    public static final AttributeType<KeyFormatType> KEY_FORMAT_TYPE = standard("KeyFormatType", KeyFormatType.class);

    /** Key Value Location. */
    public static final AttributeType<KeyValueLocation> KEY_VALUE_LOCATION =
            standard("KeyValueLocation", KeyValueLocation.class);

    /** Key Value Present. */
    public static final AttributeType<Boolean> KEY_VALUE_PRESENT = standard("KeyValuePresent", Boolean.class);

    /** Last Change Date. */
    public static final AttributeType<Instant> LAST_CHANGE_DATE = standard("LastChangeDate", Instant.class);

    /** Lease Time. */
    public static final AttributeType<Duration> LEASE_TIME = standard("LeaseTime", Duration.class);

    /** Link. */
    public static final AttributeType<Link> LINK = standard("Link", Link.class);

    /** NIST Key Type. */
    public static final AttributeType<NistKeyType> NIST_KEY_TYPE = standard("NISTKeyType", NistKeyType.class);

    /** Name. */
    public static final AttributeType<Name> NAME = standard("Name", Name.class);

    /** Never Extractable. */
    public static final AttributeType<Boolean> NEVER_EXTRACTABLE = standard("NeverExtractable", Boolean.class);

    /** Object Group. */
    public static final AttributeType<String> OBJECT_GROUP = standard("ObjectGroup", String.class);

    /** Object Type. */
    public static final AttributeType<ObjectType> OBJECT_TYPE = standard("ObjectType", ObjectType.class);

    /** Opaque Data Type. */
    public static final AttributeType<Integer> OPAQUE_DATA_TYPE = standard("OpaqueDataType", Integer.class);

    /** Operation Policy Name. */
    public static final AttributeType<String> OPERATION_POLICY_NAME = standard("OperationPolicyName", String.class);

    /** Original Creation Date. */
    public static final AttributeType<Instant> ORIGINAL_CREATION_DATE = standard("OriginalCreationDate", Instant.class);

    /** PKCS#12 Friendly Name. */
    public static final AttributeType<String> PKCS_12_FRIENDLY_NAME = standard("PKCS_12FriendlyName", String.class);

    /** Process Start Date. */
    public static final AttributeType<Instant> PROCESS_START_DATE = standard("ProcessStartDate", Instant.class);

    /** Protect Stop Date. */
    public static final AttributeType<Instant> PROTECT_STOP_DATE = standard("ProtectStopDate", Instant.class);

    /** Protection Level. */
    public static final AttributeType<ProtectionLevel> PROTECTION_LEVEL =
            standard("ProtectionLevel", ProtectionLevel.class);

    /** Protection Period. */
    public static final AttributeType<Duration> PROTECTION_PERIOD = standard("ProtectionPeriod", Duration.class);

    /** Protection Storage Mask. */
    public static final AttributeType<ProtectionStorageMask> PROTECTION_STORAGE_MASK =
            standard("ProtectionStorageMask", ProtectionStorageMask.class);

    /** Quantum Safe. */
    public static final AttributeType<Boolean> QUANTUM_SAFE = standard("QuantumSafe", Boolean.class);

    /** Random Number Generator. */
    public static final AttributeType<RngParameters> RANDOM_NUMBER_GENERATOR =
            standard("RandomNumberGenerator", RngParameters.class);

    /** Revocation Reason. */
    public static final AttributeType<RevocationReason> REVOCATION_REASON =
            standard("RevocationReason", RevocationReason.class);

    /** Rotate Automatic. */
    public static final AttributeType<Boolean> ROTATE_AUTOMATIC = standard("RotateAutomatic", Boolean.class);

    /** Rotate Date. */
    public static final AttributeType<Instant> ROTATE_DATE = standard("RotateDate", Instant.class);

    /** Rotate Generation. */
    public static final AttributeType<Integer> ROTATE_GENERATION = standard("RotateGeneration", Integer.class);

    /** Rotate Interval. */
    public static final AttributeType<Duration> ROTATE_INTERVAL = standard("RotateInterval", Duration.class);

    /** Rotate Latest. */
    public static final AttributeType<Boolean> ROTATE_LATEST = standard("RotateLatest", Boolean.class);

    /** Rotate Name. */
    public static final AttributeType<RotateName> ROTATE_NAME = standard("RotateName", RotateName.class);

    /** Rotate Offset. */
    public static final AttributeType<Duration> ROTATE_OFFSET = standard("RotateOffset", Duration.class);

    /** Sensitive. */
    public static final AttributeType<Boolean> SENSITIVE = standard("Sensitive", Boolean.class);

    /** Short Unique Identifier. */
    public static final AttributeType<Bytes> SHORT_UNIQUE_IDENTIFIER = standard("ShortUniqueIdentifier", Bytes.class);

    /** State. */
    public static final AttributeType<State> STATE = standard("State", State.class);

    /** Unique Identifier. */
    public static final AttributeType<UniqueIdentifier> UNIQUE_IDENTIFIER =
            standard("UniqueIdentifier", UniqueIdentifier.class);

    /** Usage Limits. */
    public static final AttributeType<UsageLimits> USAGE_LIMITS = standard("UsageLimits", UsageLimits.class);

    /** X.509 Certificate Identifier. */
    public static final AttributeType<X509CertificateIdentifier> X_509_CERTIFICATE_IDENTIFIER =
            standard("X_509CertificateIdentifier", X509CertificateIdentifier.class);

    /** X.509 Certificate Issuer. */
    public static final AttributeType<X509CertificateIssuer> X_509_CERTIFICATE_ISSUER =
            standard("X_509CertificateIssuer", X509CertificateIssuer.class);

    /** X.509 Certificate Subject. */
    public static final AttributeType<X509CertificateSubject> X_509_CERTIFICATE_SUBJECT =
            standard("X_509CertificateSubject", X509CertificateSubject.class);

    /** The vendor of the attributes that KMIP 1.x writes as {@code x-...}: those of clients. */
    public static final String CLIENT = "x";

    /** The vendor of the attributes that KMIP 1.x writes as {@code y-...}: those of servers. */
    public static final String SERVER = "y";

    private final String vendor;
    private final String name;
    private final @Nullable Tag tag;
    private final Class<T> valueClass;

    private AttributeType(String vendor, String name, @Nullable Tag tag, Class<T> valueClass) {
        this.vendor = vendor;
        this.name = name;
        this.tag = tag;
        this.valueClass = valueClass;
    }

    private static <T> AttributeType<T> standard(String xmlName, Class<T> valueClass) {
        Tag tag = Tag.named(xmlName);
        AttributeType<T> type = new AttributeType<>("", xmlName, tag, valueClass);
        STANDARD.put(tag, type);
        return type;
    }

    /**
     * Returns an attribute of a vendor.
     *
     * @param vendor letters, digits, underscores and dots; {@link #CLIENT} for what KMIP 1.x writes as {@code x-...}
     * @param name its name, without a prefix
     * @return the attribute; its values are items with the tag AttributeValue
     */
    public static AttributeType<Ttlv> ofVendor(String vendor, String name) {
        if (!vendor.matches("[A-Za-z0-9_.]{1,128}")) {
            throw new IllegalArgumentException("a vendor's name has letters, digits, _ and ., not " + vendor);
        }
        return new AttributeType<>(vendor, name, null, Ttlv.class);
    }

    /**
     * Returns the attribute of a tag, as KMIP 2.x writes it.
     *
     * @param tag any tag
     * @return the attribute; its values are items if it is none of the constants here
     */
    public static AttributeType<?> ofTag(Tag tag) {
        AttributeType<?> known = STANDARD.get(tag);
        return known == null ? new AttributeType<>("", tag.xmlName(), tag, Ttlv.class) : known;
    }

    /**
     * Returns the attribute of a name, as KMIP 1.x writes it.
     *
     * @param name such as {@code Cryptographic Algorithm} or {@code x-ID}
     * @return the attribute; its values are items if it is none of the constants here
     */
    public static AttributeType<?> ofName(String name) {
        Optional<Tag> exact = Tag.ofTitle(name);
        if (exact.isPresent()) {
            return ofTag(exact.get());
        }
        String folded = name.strip().replaceAll("\\s+", " ");
        Optional<Tag> tag = Tag.ofTitle(folded);
        if (tag.isPresent()) {
            return ofTag(tag.get());
        }
        String prefix = folded.length() < 2 ? "" : folded.substring(0, 2).toLowerCase(Locale.ROOT);
        return prefix.equals("x-") || prefix.equals("y-")
                ? new AttributeType<>(prefix.substring(0, 1), folded.substring(2), null, Ttlv.class)
                : new AttributeType<>("", folded, null, Ttlv.class);
    }

    /** {@return the vendor; empty for the standard's own attributes} */
    public String vendor() {
        return vendor;
    }

    /** {@return the name: in XML for the standard's own, without a prefix for a vendor's} */
    public String name() {
        return name;
    }

    /** {@return the tag of one of the standard's own} */
    public Optional<Tag> tag() {
        return Optional.ofNullable(tag);
    }

    /**
     * Returns the name that KMIP 1.x writes.
     *
     * @return such as {@code Cryptographic Algorithm} or {@code x-ID}; empty if KMIP 1.x cannot name it
     */
    public Optional<String> versionOneName() {
        if (tag != null) {
            return Optional.of(tag.title()).filter(title -> !title.isEmpty());
        }
        return switch (vendor) {
            case "" -> Optional.of(name);
            case CLIENT, SERVER -> Optional.of(vendor + "-" + name);
            default -> Optional.empty();
        };
    }

    /** {@return the class of its values; {@link Ttlv} where they are items} */
    public Class<T> valueClass() {
        return valueClass;
    }

    T cast(Object value) {
        return valueClass.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributeType<?> that && vendor.equals(that.vendor) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * vendor.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return vendor.isEmpty() ? name : vendor + "-" + name;
    }
}
