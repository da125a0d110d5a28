package org.symbolon.remote.client;

import org.symbolon.TokenInfo;

/**
 * What a token is known by on every connection; the number of its slot is another on each.
 *
 * @param manufacturer as the token says
 * @param model as the token says
 * @param serialNumber as the token says; some modules give it to several
 * @param label as the token was initialized with
 */
record TokenName(String manufacturer, String model, String serialNumber, String label) {
    static TokenName of(TokenInfo info) {
        return new TokenName(info.manufacturer(), info.model(), info.serialNumber(), info.label());
    }
}
