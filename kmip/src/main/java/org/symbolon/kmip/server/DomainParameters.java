package org.symbolon.kmip.server;

import java.util.Optional;
import org.symbolon.NamedCurve;
import org.symbolon.kmip.enumeration.RecommendedCurve;
import org.symbolon.kmip.key.CurveNames;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** The curve that Cryptographic Domain Parameters name. */
final class DomainParameters {
    private static final AttributeType<?> TYPE = AttributeType.ofName("Cryptographic Domain Parameters");
    private static final Tag RECOMMENDED_CURVE = Tag.named("RecommendedCurve");

    private DomainParameters() {}

    static Optional<NamedCurve> curve(Attributes attributes) {
        for (Attribute<?> attribute : attributes.list()) {
            if (attribute.type().equals(TYPE) && attribute.value() instanceof Ttlv.Structure parameters) {
                return parameters
                        .field(RECOMMENDED_CURVE)
                        .filter(Ttlv.Enumerated.class::isInstance)
                        .flatMap(curve -> CurveNames.of(new RecommendedCurve(((Ttlv.Enumerated) curve).value())));
            }
        }
        return Optional.empty();
    }
}
