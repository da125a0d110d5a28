package org.symbolon.examples.springboot;

import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application; at its first start makes the token that its configuration names. */
@SpringBootApplication
public class Application {
    /** Makes the application; Spring does. */
    public Application() {}

    /**
     * Starts it.
     *
     * @param arguments properties, such as {@code --server.port=8443} and {@code --example.directory=DIR}
     */
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context ->
                FirstStart.prepare(Path.of(context.getEnvironment().getRequiredProperty("example.directory"))));
        return application;
    }
}
