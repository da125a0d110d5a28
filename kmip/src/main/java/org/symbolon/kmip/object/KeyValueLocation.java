package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.KeyValueLocationType;

/** Key Value Location (KMIP 1.2 to 2.1). */
public record KeyValueLocation(String keyValueLocationValue, KeyValueLocationType keyValueLocationType) {}
