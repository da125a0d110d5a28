package org.symbolon.kmip.server;

import java.util.List;
import org.symbolon.kmip.enumeration.DestroyAction;
import org.symbolon.kmip.enumeration.ProfileName;
import org.symbolon.kmip.enumeration.RngAlgorithm;
import org.symbolon.kmip.enumeration.RngMode;
import org.symbolon.kmip.enumeration.ShreddingAlgorithm;
import org.symbolon.kmip.enumeration.UnwrapMode;
import org.symbolon.kmip.object.CapabilityInformation;
import org.symbolon.kmip.object.ProfileInformation;
import org.symbolon.kmip.object.RngParameters;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** What Query is told of this server beyond operations and objects (KMIP 2.1 section 6.1.37). */
final class ServerDescription {
    /** Random numbers are the token's, which does not say how it makes them. */
    static final List<RngParameters> GENERATORS =
            List.of(new RngParameters(RngAlgorithm.UNSPECIFIED, null, null, null, null, null, null, null));

    private ServerDescription() {}

    /** Returns the Server Information; its fields have names from 2.0 on. */
    static Ttlv information(KmipVersion version) {
        Tag tag = Tag.named("ServerInformation");
        return version.isAtLeast(KmipVersion.V2_0)
                ? Ttlv.Structure.of(tag, Ttlv.Text.of(Tag.named("ProductName"), "Symbolon"))
                : Ttlv.Structure.of(tag);
    }

    /** Returns the profiles that the server keeps. */
    static List<ProfileInformation> profiles(KmipVersion version) {
        String name = version.isAtLeast(KmipVersion.V2_0)
                ? "BaselineServer"
                : version.isAtLeast(KmipVersion.V1_4) ? "BaselineServerBasicKMIPV1_4" : "BaselineServerBasicKMIPV1_3";
        return List.of(new ProfileInformation(ProfileName.named(name), null, null, null));
    }

    /** Returns what the server can do. */
    static CapabilityInformation capabilities(KmipVersion version) {
        boolean undo = version.isAtLeast(KmipVersion.V1_4);
        return new CapabilityInformation(
                true,
                true,
                false,
                undo ? true : null,
                undo ? true : null,
                UnwrapMode.PROCESSED,
                DestroyAction.KEY_MATERIAL_DELETED,
                ShreddingAlgorithm.UNSUPPORTED,
                RngMode.UNSPECIFIED,
                version.isAtLeast(KmipVersion.V2_0) ? false : null);
    }
}
