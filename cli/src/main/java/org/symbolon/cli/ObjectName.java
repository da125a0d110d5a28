package org.symbolon.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a user names an object: by label or PKCS #11 URI, and by class where a label is shared. */
final class ObjectName {
    private static final int MAX_LISTED = 100;

    @Parameters(paramLabel = "OBJECT", description = "The object's label, or a pkcs11: URI.")
    private String name = "";

    @Option(names = "--class", paramLabel = "CLASS", description = "Its class: public, private, secret, cert or data.")
    private Optional<String> objectClass = Optional.empty();

    private static final Map<String, ObjectClass> CLASSES = Map.of(
            "public", ObjectClass.PUBLIC_KEY,
            "private", ObjectClass.PRIVATE_KEY,
            "secret", ObjectClass.SECRET_KEY,
            "cert", ObjectClass.CERTIFICATE,
            "data", ObjectClass.DATA);

    /** Returns the class that an option names. */
    static ObjectClass objectClass(String name) throws CommandFailure {
        ObjectClass known = CLASSES.get(name);
        if (known == null) {
            throw CommandFailure.usage("a class is public, private, secret, cert or data, not " + name);
        }
        return known;
    }

    String name() {
        return name;
    }

    /** Returns every object that is meant, at most a hundred. */
    List<TokenObject> findAll(Session session) throws TokenException, CommandFailure {
        TokenInfo token = session.info().token();
        ObjectQuery query = ObjectQuery.all().label(name);
        if (Pkcs11Uri.isPkcs11Uri(name)) {
            Pkcs11Uri uri = Pkcs11Uri.parse(name);
            if (!uri.matches(token)) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND, "the URI names another token than \"" + token.label() + "\"");
            }
            query = uri.toQuery();
        }
        if (objectClass.isPresent()) {
            query = query.with(Attribute.CLASS, objectClass(objectClass.get()));
        }
        List<TokenObject> found = session.findAll(query.limit(MAX_LISTED));
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, notFound(session, token));
        }
        return found;
    }

    /** Returns the object that is meant. */
    TokenObject findOne(Session session) throws TokenException, CommandFailure {
        List<TokenObject> found = findAll(session);
        if (found.size() > 1) {
            TokenInfo token = session.info().token();
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    found.size() + " objects are meant by \"" + name + "\"; say which, with --class or its URI:\n"
                            + found.stream()
                                    .map(object -> TokenTexts.line(token, object))
                                    .collect(Collectors.joining("\n")));
        }
        return found.get(0);
    }

    private String notFound(Session session, TokenInfo token) {
        String hint = session.info().role() == org.symbolon.Role.PUBLIC
                ? "; private objects are seen after a login only, give --pin"
                : "";
        return "token \"" + token.label() + "\" has no object \"" + name + "\"" + hint;
    }
}
