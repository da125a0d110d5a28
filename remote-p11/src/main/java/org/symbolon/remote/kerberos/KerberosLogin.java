package org.symbolon.remote.kerberos;

import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;
import org.symbolon.remote.oncrpc.GssRefusedException;

/** What Kerberos has for this process: a cache of tickets, or a table of keys. The file {@code krb5.conf} is the JVM's. */
final class KerberosLogin {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
    private static final String MECHANISM = "1.2.840.113554.1.2.2";

    private final Map<String, String> options;
    private final String what;

    private KerberosLogin(Map<String, String> options, String what) {
        this.options = Map.copyOf(options);
        this.what = what;
    }

    /** From a cache of tickets; that of the user that the process runs as, unless one is named. */
    static KerberosLogin ofTickets(Optional<Path> cache) {
        Map<String, String> options = new HashMap<>(Map.of("useTicketCache", "true", "doNotPrompt", "true"));
        cache.ifPresent(file -> options.put("ticketCache", file.toString()));
        return new KerberosLogin(options, "there is no ticket of Kerberos that counts, kinit gets one");
    }

    /** As a principal whose key is in a table, to ask for tickets with. */
    static KerberosLogin ofKey(Path keyTable, String principal) {
        return new KerberosLogin(
                Map.of(
                        "useKeyTab",
                        "true",
                        "keyTab",
                        keyTable.toString(),
                        "principal",
                        principal,
                        "doNotPrompt",
                        "true"),
                "no ticket is got with the key of " + principal + " in " + keyTable);
    }

    /** As a service, to accept tickets with the keys in a table. */
    static KerberosLogin ofService(Path keyTable, String principal) {
        return new KerberosLogin(
                Map.of(
                        "useKeyTab",
                        "true",
                        "keyTab",
                        keyTable.toString(),
                        "principal",
                        principal,
                        "storeKey",
                        "true",
                        "isInitiator",
                        "false",
                        "doNotPrompt",
                        "true"),
                "there is no key of " + principal + " in " + keyTable);
    }

    /** The mechanism: Kerberos 5 (RFC 4121). */
    static Oid mechanism() throws GSSException {
        return new Oid(MECHANISM);
    }

    /** Something done with what Kerberos has. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws GSSException;
    }

    /**
     * Logs in and does something.
     *
     * @throws GssRefusedException if there is no ticket, no key, or the KDC does not answer
     */
    <T> T run(Work<T> work) throws GssRefusedException {
        try {
            LoginContext login = new LoginContext("symbolon", new Subject(), null, new OneModule(options));
            login.login();
            return Subject.doAs(login.getSubject(), (PrivilegedExceptionAction<T>) work::run);
        } catch (LoginException e) {
            throw new GssRefusedException(what + ": " + e.getMessage(), e);
        } catch (PrivilegedActionException e) {
            throw new GssRefusedException(what + ": " + e.getException().getMessage(), e.getException());
        }
    }

    /** A configuration of JAAS that says how to log in here and nothing else. */
    private static final class OneModule extends Configuration {
        private final Map<String, String> options;

        private OneModule(Map<String, String> options) {
            this.options = options;
        }

        @Override
        public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}
