package org.symbolon.kmip.object;

import java.util.List;
import org.symbolon.kmip.enumeration.Operation;

/** Operations (KMIP 2.0 to 2.1). */
public record Operations(List<Operation> operations) {
    public Operations {
        operations = List.copyOf(operations);
    }
}
