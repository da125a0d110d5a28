package org.symbolon;

/**
 * What a module says of itself (CK_INFO).
 *
 * @param description what it is, such as {@code Symbolon soft token}
 * @param manufacturer who made it
 * @param version its version, {@code major.minor}
 */
public record ModuleInfo(String description, String manufacturer, String version) {}
