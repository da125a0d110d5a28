package org.symbolon.kmip.object;

import java.util.List;

/** Constraints (KMIP 2.1). */
public record Constraints(List<Constraint> constraints) {
    public Constraints {
        constraints = List.copyOf(constraints);
    }
}
