package org.symbolon.tests.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenModule;
import org.symbolon.tests.fake.FakeBackend;

/** Backends are found where servlet containers and plugin frameworks keep them. */
class ClassLoaderTest {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    @Test
    void backends_inTheApplicationWithTheApiInTheContainer_areFound() throws Exception {
        try (URLClassLoader container = new URLClassLoader(urls(api()), PLATFORM);
                URLClassLoader application = new URLClassLoader(urls(backend()), container)) {
            assertThat(schemes(container, application)).containsEntry("fake", application);
        }
    }

    @Test
    void backends_inAnApplicationThatHasItsOwnCopies_areItsOwn() throws Exception {
        List<Path> everything = apiAndBackend();
        try (URLClassLoader container = new URLClassLoader(urls(everything), PLATFORM);
                URLClassLoader application = new ChildFirst(urls(everything), container)) {
            assertThat(schemes(application, application)).containsEntry("fake", application);
        }
    }

    @Test
    void backends_besideTheApi_areFoundWhateverTheContextIs() throws Exception {
        List<Path> everything = apiAndBackend();
        try (URLClassLoader plugin = new URLClassLoader(urls(everything), PLATFORM)) {
            assertThat(schemes(plugin, PLATFORM)).containsKey("fake");
            assertThat(schemes(plugin, null)).containsKey("fake");
        }
    }

    @Test
    void backends_ofAnotherCopyOfTheApi_areLeftOutAndDoNoHarm() throws Exception {
        List<Path> everything = apiAndBackend();
        try (URLClassLoader ours = new URLClassLoader(urls(api()), PLATFORM);
                URLClassLoader theirs = new URLClassLoader(urls(everything), PLATFORM)) {
            assertThat(schemes(ours, theirs)).doesNotContainKey("fake");
        }
    }

    /** The class loader of each scheme's backend, as a copy of the API finds it. */
    private static Map<String, ClassLoader> schemes(ClassLoader api, @Nullable ClassLoader context)
            throws ReflectiveOperationException {
        Method byScheme = api.loadClass("org.symbolon.Backends").getMethod("byScheme");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(context);
        try {
            Map<?, ?> found = (Map<?, ?>) byScheme.invoke(null);
            return found.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> (String) entry.getKey(),
                            entry -> entry.getValue().getClass().getClassLoader()));
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static List<Path> api() {
        List<Path> entries = new ArrayList<>(Jars.classPathWith("slf4j-api", "jspecify", "jackson", "snakeyaml"));
        entries.add(Jars.of(TokenModule.class));
        return entries;
    }

    private static List<Path> apiAndBackend() {
        return Stream.concat(api().stream(), backend().stream()).toList();
    }

    private static List<Path> backend() {
        return List.of(Jars.of(FakeBackend.class));
    }

    private static URL[] urls(List<Path> entries) throws MalformedURLException {
        URL[] urls = new URL[entries.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries.get(i).toUri().toURL();
        }
        return urls;
    }

    /** Looks into its own jars first, as a servlet container's loader of an application does. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("org.symbolon.")) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
