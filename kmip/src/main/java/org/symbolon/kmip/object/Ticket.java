package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.TicketType;

/** Ticket (KMIP 2.0 to 2.1). */
public record Ticket(TicketType ticketType, Bytes ticketValue) {}
