package org.symbolon.tests.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.TokenModule;
import org.symbolon.soft.SoftModule;

/** Backends are found in jars within a jar, as Spring Boot packs them. */
class NestedJarTest {
    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Main-Class: org.springframework.boot.loader.launch.JarLauncher
            Start-Class: %s
            Spring-Boot-Classes: BOOT-INF/classes/
            Spring-Boot-Lib: BOOT-INF/lib/
            """.formatted(SignOnce.class.getName());

    @TempDir
    private Path folder;

    @Test
    void sign_inASpringBootJar_findsTheSoftToken() throws Exception {
        Path application = folder.resolve("application.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(application))) {
            Jars.store(zip, "META-INF/MANIFEST.MF", MANIFEST.getBytes(StandardCharsets.UTF_8));
            copyLoader(zip);
            for (String folderEntry : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                Jars.store(zip, folderEntry, new byte[0]);
            }
            String program = SignOnce.class.getName().replace('.', '/') + ".class";
            Jars.store(zip, "BOOT-INF/classes/" + program, resource(program));
            int number = 0;
            for (Path library : libraries()) {
                Jars.store(zip, "BOOT-INF/lib/" + number++ + ".jar", Jars.bytes(library));
            }
        }

        assertThat(JavaProgram.run(List.of("-jar", application.toString())))
                .contains("signed by a token from the class path");
    }

    private static List<Path> libraries() {
        List<Path> libraries = new ArrayList<>(
                Jars.classPathWith("slf4j-api", "jspecify", "jackson", "snakeyaml", "bcprov", "sqlite-jdbc"));
        libraries.add(Jars.of(TokenModule.class));
        libraries.add(Jars.of(SoftModule.class));
        return libraries;
    }

    private static void copyLoader(ZipOutputStream zip) throws IOException {
        try (ZipInputStream loader = new ZipInputStream(Files.newInputStream(Jars.copied("spring-boot-loader")))) {
            for (ZipEntry entry = loader.getNextEntry(); entry != null; entry = loader.getNextEntry()) {
                if (entry.getName().endsWith(".class") || entry.getName().startsWith("META-INF/services/")) {
                    Jars.store(zip, entry.getName(), loader.readAllBytes());
                }
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = NestedJarTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
