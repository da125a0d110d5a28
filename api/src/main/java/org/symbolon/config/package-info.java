/**
 * The configuration file: tokens by name, so that a program changes from one backend to another without a line of code.
 *
 * <pre>{@code
 * # ~/.config/symbolon/symbolon.yaml
 * tokens:
 *   team:
 *     uri: soft:sqlite:/var/lib/team.db
 *     pin: ${file:/run/secrets/team-pin}
 * ssh:
 *   users: team
 * }</pre>
 *
 * <pre>{@code
 * Configuration configuration = Configuration.find();
 * try (OpenToken team = configuration.token("team").open()) {
 *     byte[] signature = team.session().sign(key, Mechanism.EDDSA, message);
 * }
 * }</pre>
 *
 * <p>{@link org.symbolon.config.Configuration} says where the file is looked for. Secrets are never in it, only
 * {@linkplain org.symbolon.config.SecretReference references} to them, which are read when they are used. Mistakes are told
 * all at once, each with file, line and column.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.config;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
