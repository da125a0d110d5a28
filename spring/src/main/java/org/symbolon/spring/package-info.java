/**
 * Tokens in Spring Boot: {@code symbolon.*} in {@code application.yml} becomes beans.
 *
 * <pre>{@code
 * symbolon:
 *   tokens:
 *     team:
 *       uri: soft:sqlite:/var/lib/team.db
 *       pin: file:/run/secrets/team-pin
 * }</pre>
 *
 * <p>gives the beans {@code teamModule} ({@link org.symbolon.TokenModule}), {@code teamSession}
 * ({@link org.symbolon.Session}) and {@code teamProvider} ({@link org.symbolon.jca.SymbolonProvider}), each with the
 * qualifier {@code team}. They are lazy: a token is opened by whoever needs it first, and closed with the application.
 * {@link org.symbolon.spring.SymbolonTokens} has them all by name.
 *
 * <p>Further, each by its own properties: the provider among the JVM's ({@code symbolon.jca}), SSL bundles whose keys stay
 * in a token ({@code symbolon.ssl.bundles}), an SSH server ({@code symbolon.ssh}), health and metrics where Spring Boot has
 * them.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package org.symbolon.spring;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
