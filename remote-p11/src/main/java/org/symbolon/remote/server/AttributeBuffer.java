package org.symbolon.remote.server;

import java.util.OptionalInt;
import org.symbolon.Attribute;

/**
 * An attribute that a client asks for, and the room that it has for the value.
 *
 * @param attribute the attribute
 * @param capacity the room in bytes; empty if only the length is asked for
 */
record AttributeBuffer(Attribute<?> attribute, OptionalInt capacity) {}
