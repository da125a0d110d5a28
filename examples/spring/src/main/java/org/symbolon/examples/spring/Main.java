package org.symbolon.examples.spring;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.symbolon.TokenException;

/**
 * Signs a text: {@code -Dsymbolon.config=FILE -Dtoken=NAME}, the label of a key, the text.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /**
     * Runs the program.
     *
     * @param arguments the label of a key, and the text
     * @throws TokenException if there is no such key or the token refuses
     */
    public static void main(String[] arguments) throws TokenException {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(TokenBeans.class, Signer.class)) {
            byte[] message = arguments[1].getBytes(StandardCharsets.UTF_8);
            byte[] signature = context.getBean(Signer.class).sign(arguments[0], message);
            LOG.info("{}", Base64.getEncoder().encodeToString(signature));
        }
    }
}
