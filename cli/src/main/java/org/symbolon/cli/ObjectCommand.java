package org.symbolon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.KeyObject;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import org.symbolon.config.OpenToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon object}. */
@Command(name = "object", description = "Lists, shows and removes objects.")
final class ObjectCommand implements Runnable {
    private static final int STEP = 256;
    private static final int NAME_WIDTH = 26;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "object what? list, show or remove");
    }

    @Command(
            name = "list",
            description = "Lists objects: with a PIN all of the user's, without one the public ones.",
            footer = {"", "Example:", "  symbolon object list --token soft:sqlite:team.db --pin file:user.pin"})
    int list(
            @Option(
                            names = "--class",
                            paramLabel = "CLASS",
                            description = "Only these: public, private, secret, cert or data.")
                    @Nullable String objectClass,
            @Option(names = "--label", paramLabel = "LABEL", description = "Only those with this label.") @Nullable String label,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "How many at most (default: ${DEFAULT-VALUE}).")
                    long limit,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        ObjectQuery query =
                label == null ? ObjectQuery.all() : ObjectQuery.all().label(label);
        if (objectClass != null) {
            query = query.with(Attribute.CLASS, ObjectName.objectClass(objectClass));
        }
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean more = false;
        try (OpenToken open = login.openForReading(root, tokens.choose(root.configuration()));
                ObjectCursor cursor = open.session().find(query.limit(limit + 1))) {
            TokenInfo token = open.session().info().token();
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                for (TokenObject object : part) {
                    if (lines.size() == limit) {
                        more = true;
                        break;
                    }
                    documents.add(TokenTexts.document(token, object).fields());
                    lines.add(TokenTexts.line(token, object));
                }
            }
            if (open.session().info().role() == Role.PUBLIC) {
                root.remark("public objects only; give --pin to see all");
            }
        }
        if (more) {
            root.remark("there are more than " + limit + "; raise --limit to see them");
        }
        root.print(Document.with("objects", documents).and("more", more).fields(), lines);
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            description = "Shows an object's attributes; secret ones never.",
            footer = {"", "Example:", "  symbolon object show deploy --class public --token soft:sqlite:team.db"})
    int show(@Mixin ObjectName name, @Mixin LoginOptions login, @Mixin TokenOptions tokens) throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        try (OpenToken open = login.openForReading(root, tokens.choose(root.configuration()))) {
            Session session = open.session();
            TokenObject object = name.findOne(session);
            Map<String, String> shown = attributes(session, object);
            List<String> lines = new ArrayList<>();
            lines.add(Pkcs11Uri.of(session.info().token(), object).toString());
            shown.forEach((attribute, value) ->
                    lines.add("  " + TokenTexts.pad(attribute, NAME_WIDTH) + TokenTexts.printable(value)));
            root.print(
                    TokenTexts.document(session.info().token(), object)
                            .and("attributes", shown)
                            .fields(),
                    lines);
        }
        return ExitCode.OK.code();
    }

    private static Map<String, String> attributes(Session session, TokenObject object) throws Exception {
        Set<Attribute<?>> wanted = new TreeSet<>();
        AttributeTable.rules(
                        object.objectClass(),
                        object instanceof KeyObject key ? Optional.of(key.keyType()) : Optional.empty())
                .forEach((attribute, rule) -> {
                    if (!rule.secret()) {
                        wanted.add(attribute);
                    }
                });
        Attributes read = session.getAttributes(object, wanted);
        Map<String, String> shown = new TreeMap<>();
        for (Attribute<?> attribute : read.present()) {
            if (wanted.contains(attribute)) {
                shown.put(attribute.name(), String.valueOf(read.get(attribute)));
            }
        }
        return shown;
    }

    @Command(
            name = "remove",
            description = "Destroys an object for good.",
            footer = {
                "",
                "Examples:",
                "  symbolon object remove deploy --class private --token soft:sqlite:team.db",
                "  symbolon object remove deploy --all --token soft:sqlite:team.db"
            })
    int remove(
            @Mixin ObjectName name,
            @Option(names = "--all", description = "Destroy every object of this name, such as both keys of a pair.")
                    boolean all,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
            Session session = open.session();
            List<TokenObject> objects = all ? name.findAll(session) : List.of(name.findOne(session));
            for (TokenObject object : objects) {
                session.destroy(object);
                documents.add(
                        TokenTexts.document(session.info().token(), object).fields());
                lines.add("removed " + TokenTexts.printable(object.describe()));
            }
        }
        root.print(Document.with("removed", documents).fields(), lines);
        return ExitCode.OK.code();
    }
}
