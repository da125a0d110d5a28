package org.symbolon.examples.sftp;

import java.nio.file.Path;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.symbolon.spring.SshServerCustomizer;

/** Serves files: each user sees a folder of their own. The server, its keys and its users are the starter's work. */
@SpringBootApplication
public class Application {
    /** Makes the application; Spring does. */
    public Application() {}

    /**
     * Starts it.
     *
     * @param arguments properties, such as {@code --symbolon.ssh.server.port=2222} and {@code --example.directory=DIR}
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

    @Bean
    SubsystemFactory sftp() {
        return new SftpSubsystemFactory.Builder().build();
    }

    @Bean
    SshServerCustomizer folders(@Value("${example.directory}/files") Path files) {
        return server -> server.setFileSystemFactory(new UserFolders(files));
    }
}
