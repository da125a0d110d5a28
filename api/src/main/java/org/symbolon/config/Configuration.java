package org.symbolon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration file says: tokens by name, and where SSH finds its keys.
 *
 * <p>The file is the first of: the one that the program was told ({@code --config}); the one that the system property
 * {@code symbolon.config} names; the one that the variable {@code SYMBOLON_CONFIG} names; {@code symbolon/symbolon.yaml} in
 * the user's configuration directory ({@code $XDG_CONFIG_HOME}, else {@code ~/.config}). Never one in the working
 * directory, where somebody else may have put it.
 *
 * <p><b>Security guarantees.</b> A file that refers to secrets, runs commands or says whose keys are trusted
 * ({@code verify-key}, {@code ssh.users}, {@code ssh.x509}, {@code ssh.self-service}) is refused when others than its owner may write it. PINs written
 * into the file are refused. No message repeats a value of a secret. Immutable and thread-safe.
 */
public final class Configuration {
    /** The longest file that is read, in bytes: {@value}. */
    public static final int MAX_FILE_BYTES = 256 * 1024;

    private static final String PROPERTY = "symbolon.config";
    private static final String VARIABLE = "SYMBOLON_CONFIG";

    private final Optional<Path> file;
    private final Map<String, TokenConfiguration> tokens;
    private final SshConfiguration ssh;
    private final AgentConfiguration agent;
    private final Optional<SshX509Configuration> sshX509;
    private final Optional<SshSelfServiceConfiguration> sshSelfService;
    private final ServeConfiguration serve;

    Configuration(
            Optional<Path> file,
            Map<String, TokenConfiguration> tokens,
            SshConfiguration ssh,
            AgentConfiguration agent,
            Optional<SshX509Configuration> sshX509,
            Optional<SshSelfServiceConfiguration> sshSelfService,
            ServeConfiguration serve) {
        this.file = file;
        this.tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
        this.ssh = ssh;
        this.agent = agent;
        this.sshX509 = sshX509;
        this.sshSelfService = sshSelfService;
        this.serve = serve;
    }

    /** Returns the configuration that names nothing. */
    public static Configuration empty() {
        return new Configuration(
                Optional.empty(),
                Map.of(),
                SshConfiguration.ofDefaults(),
                AgentConfiguration.ofDefaults(),
                Optional.empty(),
                Optional.empty(),
                ServeConfiguration.ofDefaults());
    }

    /**
     * Reads the configuration file from where it is looked for.
     *
     * @return what it says; {@link #empty()} if nothing names a file and the user has none
     * @throws ConfigurationException if it is missing though named, unsafe, or has mistakes
     */
    public static Configuration find() throws ConfigurationException {
        return find(Environment.OF_PROCESS);
    }

    static Configuration find(Environment environment) throws ConfigurationException {
        Optional<String> property = environment.property(PROPERTY).filter(value -> !value.isEmpty());
        if (property.isPresent()) {
            return load(path(property.get(), "the system property " + PROPERTY));
        }
        Optional<String> variable = environment.variable(VARIABLE).filter(value -> !value.isEmpty());
        if (variable.isPresent()) {
            return load(path(variable.get(), "the variable " + VARIABLE));
        }
        Optional<Path> own = environment
                .configurationDirectory()
                .map(directory -> directory.resolve("symbolon").resolve("symbolon.yaml"))
                .filter(Files::exists);
        return own.isPresent() ? load(own.get()) : empty();
    }

    /**
     * Reads a configuration file.
     *
     * @param file the file
     * @return what it says
     * @throws ConfigurationException if it is missing, unsafe, or has mistakes, all of which the message lists
     */
    public static Configuration load(Path file) throws ConfigurationException {
        try {
            String text = text(file);
            Mistakes mistakes = new Mistakes(file.toString());
            ConfigurationReader reader = new ConfigurationReader(file, mistakes);
            Configuration configuration = reader.read(YamlReader.read(text, mistakes));
            if (reader.isSensitive() && Permissions.othersMayWrite(file)) {
                throw new ConfigurationException(
                        file + " refers to secrets, runs commands or says whose keys are trusted, and may be written by"
                                + " others than its owner; take that away with: chmod go-w " + file,
                        null);
            }
            mistakes.check();
            return configuration;
        } catch (IOException e) {
            throw new ConfigurationException("the configuration file " + file + " cannot be read: " + Reason.of(e), e);
        }
    }

    private static String text(Path file) throws IOException, ConfigurationException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw new ConfigurationException(
                        "the configuration file " + file + " has more than " + MAX_FILE_BYTES + " bytes", null);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("the configuration file " + file + " is not UTF-8", e);
        }
    }

    private static Path path(String text, String source) throws ConfigurationException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(source + " names a path that cannot be", e);
        }
    }

    /** Returns the file that was read; empty if there was none. */
    public Optional<Path> file() {
        return file;
    }

    /** Returns the tokens by name, in the order of the file. */
    public Map<String, TokenConfiguration> tokens() {
        return tokens;
    }

    /** Returns what the server shows to PKCS #11 programs and KMIP clients. */
    public ServeConfiguration serve() {
        return serve;
    }

    /** Returns where SSH finds its keys. */
    public SshConfiguration ssh() {
        return ssh;
    }

    /** Returns what the ssh-agent shows, to whom, and for what. */
    public AgentConfiguration agent() {
        return agent;
    }

    /**
     * Returns how X.509 certificates are taken in SSH.
     *
     * @return the section {@code ssh.x509}, or empty if there is none
     */
    public Optional<SshX509Configuration> sshX509() {
        return sshX509;
    }

    /**
     * Returns what users of SSH servers may do with their keys by themselves.
     *
     * @return the section {@code ssh.self-service}, or empty if there is none
     */
    public Optional<SshSelfServiceConfiguration> sshSelfService() {
        return sshSelfService;
    }

    /**
     * Returns the token of a name.
     *
     * @param name its name in the file
     * @return the token
     * @throws ConfigurationException if the file names no such token; the message has the nearest name
     */
    public TokenConfiguration token(String name) throws ConfigurationException {
        TokenConfiguration token = tokens.get(name);
        if (token == null) {
            String where = file.map(path -> path + " names no token '" + name + "'")
                    .orElse("there is no configuration file, so no token is named '" + name + "'");
            String hint = NearestWord.of(name, tokens.keySet())
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElseGet(() -> tokens.isEmpty() ? "" : "; it names " + String.join(", ", tokens.keySet()));
            throw new ConfigurationException(where + hint, null);
        }
        return token;
    }
}
