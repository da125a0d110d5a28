package org.symbolon.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The public API of each module as lines of text: what its module exports and others can name. */
final class PublicApi {
    private static final Pattern MODULE = Pattern.compile("module ([\\w.]+) \\{");
    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");

    private PublicApi() {}

    /** Lists every module that exports something, by its name. */
    static Map<String, List<String>> ofEachModule(Path root) throws IOException {
        Map<String, List<String>> listings = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path descriptor : modules.map(module -> module.resolve("src/main/java/module-info.java"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                String source = Files.readString(descriptor);
                List<String> packages = EXPORTS.matcher(source)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                if (!packages.isEmpty()) {
                    MatchResult name =
                            MODULE.matcher(source).results().findFirst().orElseThrow();
                    listings.put(name.group(1), ofPackages(packages));
                }
            }
        }
        return listings;
    }

    private static List<String> ofPackages(List<String> packages) {
        List<String> lines = new ArrayList<>();
        for (String exported : packages.stream().sorted().toList()) {
            List<Class<?>> types = typesOf(exported);
            lines.add("package " + exported
                    + types.stream().findFirst().map(PublicApi::mark).orElse(""));
            for (Class<?> type : types) {
                lines.add("");
                lines.addAll(ofType(type));
            }
            lines.add("");
        }
        return lines;
    }

    private static List<Class<?>> typesOf(String packageName) {
        return House.classes().stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .filter(type -> !type.getSimpleName().equals("package-info")
                        && !type.getSimpleName().isEmpty())
                .sorted(Comparator.comparing(JavaClass::getName))
                .<Class<?>>map(JavaClass::reflect)
                .filter(PublicApi::canBeNamed)
                .toList();
    }

    private static boolean canBeNamed(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers()) && (outer == null || canBeNamed(outer));
    }

    private static String mark(Class<?> ofPackage) {
        return mark(ofPackage.getPackage().getAnnotation(API.class));
    }

    private static String mark(@Nullable API api) {
        return api == null ? "" : " [" + api.status() + "]";
    }

    private static List<String> ofType(Class<?> type) {
        String heritage = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), interfaces(type))
                .map(Type::getTypeName)
                .filter(name -> !name.startsWith("java.lang.Object") && !name.startsWith("java.lang.Record"))
                .sorted()
                .collect(Collectors.joining(", "));
        List<String> members = Stream.of(
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods()))
                .flatMap(each -> each)
                .map(Member.class::cast)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !isPublicOnEveryRecordOrEnum(type, member))
                .map(member -> "    " + describe(member))
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(type.toGenericString()
                + (heritage.isEmpty() ? "" : " < " + heritage)
                + mark(type.getDeclaredAnnotation(API.class)));
        lines.addAll(members);
        return lines;
    }

    private static Stream<Type> interfaces(Class<?> type) {
        return Arrays.stream(type.getGenericInterfaces());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean isPublicOnEveryRecordOrEnum(Class<?> type, Member member) {
        List<String> names = type.isRecord()
                ? List.of("equals", "hashCode", "toString")
                : type.isEnum() ? List.of("values", "valueOf") : List.of();
        return names.contains(member.getName());
    }

    private static String describe(Member member) {
        String plain = member instanceof Field field
                ? field.toGenericString()
                : member instanceof Method method
                        ? method.toGenericString()
                        : ((Constructor<?>) member).toGenericString();
        String owner = member.getDeclaringClass().getName() + ".";
        String described = plain.replace(" " + owner + member.getName(), " " + member.getName());
        return member instanceof Executable executable
                ? described + mark(executable.getAnnotation(API.class))
                : described;
    }
}
