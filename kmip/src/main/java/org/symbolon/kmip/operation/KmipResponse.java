package org.symbolon.kmip.operation;

/** What an operation brings back: its response payload. */
public interface KmipResponse {}
