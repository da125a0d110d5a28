package org.symbolon.spring;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.symbolon.config.LoginMethod;

/**
 * A token, with the keys of the configuration file.
 *
 * @param uri URI of the module that the token is in, such as soft:sqlite:/var/lib/team.db.
 * @param token Which of the module's tokens: a label or a PKCS #11 URI. Not needed where there is only one.
 * @param login How to log in. Default is pin if there is one, otherwise none.
 * @param pin Where the user's PIN is: file:PATH or env:NAME. Never the PIN itself.
 * @param soPin Where the security officer's PIN is: file:PATH or env:NAME. Never the PIN itself.
 * @param timeout How long a call may block. Default is 30s.
 * @param settings The backend's own settings.
 */
record TokenProperties(
        @Nullable String uri,
        @Nullable String token,
        @Nullable LoginMethod login,
        @Nullable String pin,
        @Nullable String soPin,
        @Nullable Duration timeout,
        @DefaultValue Map<String, String> settings) {

    /** {@return where the token is; a PIN that somebody wrote out is not shown} */
    @Override
    public String toString() {
        return "TokenProperties[" + uri + "]";
    }
}
