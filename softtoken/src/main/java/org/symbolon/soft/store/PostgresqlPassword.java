package org.symbolon.soft.store;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/**
 * Hands the password to the driver when the server asks for it, read anew each time, and never as a string. The driver
 * makes it by name.
 */
public final class PostgresqlPassword implements AuthenticationPlugin {
    /** The property with the reference to the password. */
    static final String REFERENCE = "symbolon.password";

    private final @Nullable String reference;

    /**
     * Takes the reference out of a connection's properties.
     *
     * @param properties the properties
     */
    public PostgresqlPassword(Properties properties) {
        this.reference = properties.getProperty(REFERENCE);
    }

    /**
     * Returns the password; the driver wipes it.
     *
     * @param type what the server asks for
     * @return the password, or null if there is none
     * @throws PSQLException if it cannot be read
     */
    @Override
    public char @Nullable [] getPassword(AuthenticationRequestType type) throws PSQLException {
        if (reference == null) {
            return null;
        }
        try (Pin password = SecretReference.parse(reference).read()) {
            return password.toChars();
        } catch (ConfigurationException e) {
            throw new PSQLException(
                    "the database's password cannot be read: " + e.getMessage(), PSQLState.INVALID_PASSWORD, e);
        }
    }
}
