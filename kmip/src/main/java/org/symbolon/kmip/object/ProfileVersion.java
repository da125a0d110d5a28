package org.symbolon.kmip.object;

/** Profile Version (KMIP 2.0 to 2.1). */
public record ProfileVersion(Integer profileVersionMajor, Integer profileVersionMinor) {}
