package org.symbolon.spring;

import org.symbolon.Session;

/**
 * A bean that has a say in every session that is opened for the application, such as one that guards or audits it
 * ({@link Session#decorated}). Those with {@code @Order} are asked in that order.
 */
@FunctionalInterface
public interface SessionCustomizer {
    /**
     * Changes a session that was just opened.
     *
     * @param token the token's name in the configuration
     * @param session the session
     * @return the session to use, which is closed in place of the given one
     */
    Session customize(String token, Session session);
}
