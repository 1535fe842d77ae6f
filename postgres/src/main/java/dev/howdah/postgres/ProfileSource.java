package dev.howdah.postgres;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.postgres.Profile.Host;
import dev.howdah.postgres.Profile.Tls;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Completes what a person gave as libpq does: given values, then the service, then {@code PG*} variables, then defaults;
 * a password that is still missing comes from the password file. Thread-safe if the warnings are.
 */
public final class ProfileSource {
    private static final int DEFAULT_PORT = 5432;

    /** libpq's variables. Those that Howdah cannot honour are here too, so that setting one fails loudly. */
    private static final Map<String, String> VARIABLES = variables();

    private final Environment environment;
    private final Consumer<String> warnings;

    /**
     * @param environment variables and home directory
     * @param warnings hears of files that are ignored, one sentence each
     */
    public ProfileSource(Environment environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    private static Map<String, String> variables() {
        Map<String, String> keywords = new LinkedHashMap<>();
        keywords.put("PGHOST", "host");
        keywords.put("PGHOSTADDR", "hostaddr");
        keywords.put("PGPORT", "port");
        keywords.put("PGDATABASE", "dbname");
        keywords.put("PGUSER", "user");
        keywords.put("PGPASSWORD", "password");
        keywords.put("PGPASSFILE", "passfile");
        keywords.put("PGCONNECT_TIMEOUT", "connect_timeout");
        keywords.put("PGAPPNAME", "application_name");
        keywords.put("PGOPTIONS", "options");
        keywords.put("PGSSLMODE", "sslmode");
        keywords.put("PGSSLROOTCERT", "sslrootcert");
        keywords.put("PGSSLCERT", "sslcert");
        keywords.put("PGSSLKEY", "sslkey");
        keywords.put("PGSSLCRL", "sslcrl");
        keywords.put("PGSSLCRLDIR", "sslcrldir");
        keywords.put("PGSSLCERTMODE", "sslcertmode");
        keywords.put("PGSSLNEGOTIATION", "sslnegotiation");
        keywords.put("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version");
        keywords.put("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version");
        keywords.put("PGREQUIRESSL", "requiressl");
        keywords.put("PGREQUIREPEER", "requirepeer");
        keywords.put("PGREQUIREAUTH", "require_auth");
        keywords.put("PGCHANNELBINDING", "channel_binding");
        keywords.put("PGGSSENCMODE", "gssencmode");
        keywords.put("PGTARGETSESSIONATTRS", "target_session_attrs");
        return keywords;
    }

    /** What {@code DATABASE_URL} says, if it is set. It counts as given, and so before {@code PG*} variables. */
    public Optional<ConnectionParameters> databaseUrl() {
        return environment.variable("DATABASE_URL").map(url -> ConnectionString.parse(url, "DATABASE_URL"));
    }

    /** Whether libpq's variables name a target: a host, database or service. */
    public boolean namesTarget() {
        return Stream.of("PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE")
                .anyMatch(name -> environment.variable(name).isPresent());
    }

    /**
     * A complete profile.
     *
     * @param name what to call it; empty to call it by its database
     * @param given what a person or a file said
     * @throws HowdahException of code {@link ErrorCode#CONFIGURATION} if a value is not right or a service is missing
     */
    public Profile profile(Optional<String> name, ConnectionParameters given) {
        ConnectionParameters all = given.orElse(service(given)).orElse(fromVariables());
        String user = all.value("user").orElseGet(this::operatingSystemUser);
        String database = all.value("dbname").orElse(user);
        List<Host> hosts = hosts(all);
        Map<String, String> origins = origins(all);
        Optional<Secret> password = all.value("password").map(Secret::new);
        if (password.isEmpty()) {
            Path file = passwordFile(all);
            password = passwordFromFile(file, hosts, database, user);
            password.ifPresent(found -> origins.put("password", "password file " + file));
        }
        return new Profile(
                name.orElse(database),
                Optional.empty(),
                Optional.empty(),
                hosts,
                database,
                user,
                password,
                tls(all),
                connectTimeout(all),
                all.value("application_name").orElse(Profile.APPLICATION_NAME),
                all.value("options"),
                timeZone(),
                all.value("target_session_attrs")
                        .map(value -> oneOf(
                                all,
                                "target_session_attrs",
                                value,
                                List.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby"))),
                Profile.POOL_SIZE,
                origins);
    }

    private ConnectionParameters service(ConnectionParameters given) {
        Optional<String> service = given.value("service").or(() -> environment.variable("PGSERVICE"));
        if (service.isEmpty()) {
            return ConnectionParameters.empty();
        }
        List<Path> files = new ArrayList<>();
        files.add(environment
                .variable("PGSERVICEFILE")
                .map(this::path)
                .orElse(environment.home().resolve(".pg_service.conf")));
        environment
                .variable("PGSYSCONFDIR")
                .map(this::path)
                .ifPresent(dir -> files.add(dir.resolve("pg_service.conf")));
        for (Path file : files) {
            Optional<ConnectionParameters> found = new ServiceFile(file).service(service.get());
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new HowdahException(
                ErrorCode.CONFIGURATION,
                "There is no service \"" + service.get() + "\" ("
                        + given.origin("service").orElse("PGSERVICE") + ").",
                "It was looked for in "
                        + String.join(
                                " and ", files.stream().map(Path::toString).toList()) + ".");
    }

    private ConnectionParameters fromVariables() {
        ConnectionParameters found = ConnectionParameters.empty();
        for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
            Optional<String> value = environment.variable(variable.getKey());
            if (value.isPresent()) {
                found = found.with(variable.getValue(), value.get(), variable.getKey());
            }
        }
        return found;
    }

    private static Map<String, String> origins(ConnectionParameters all) {
        Map<String, String> origins = new LinkedHashMap<>();
        for (String keyword :
                List.of("host", "port", "dbname", "user", "sslmode", "connect_timeout", "application_name")) {
            origins.put(keyword, "default");
        }
        all.keywords()
                .forEach(keyword -> origins.put(keyword, all.origin(keyword).orElse("default")));
        return origins;
    }

    private List<Host> hosts(ConnectionParameters all) {
        // hostaddr is where to connect; host is then only the name that a certificate is checked against, which the
        // driver cannot do apart, so with both given and a check asked for the name is used.
        boolean checked = all.value("sslmode").filter("verify-full"::equals).isPresent();
        String keyword = all.value("hostaddr").isPresent()
                        && !(checked && all.value("host").isPresent())
                ? "hostaddr"
                : "host";
        String[] names = all.value(keyword).orElse("localhost").split(",", -1);
        String[] ports = all.value("port").orElse("").split(",", -1);
        if (ports.length != 1 && ports.length != names.length) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "There are " + names.length + " hosts and " + ports.length + " ports ("
                            + all.origin("port").orElse("") + ").",
                    "Give one port for all hosts or one each.");
        }
        List<Host> hosts = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].strip();
            hosts.add(new Host(
                    name.isEmpty() ? "localhost" : name, port(all, ports[ports.length == 1 ? 0 : i].strip())));
        }
        return hosts;
    }

    private static int port(ConnectionParameters all, String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        int port = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw notRight(all, "port", text, "A port is a number from 1 to 65535.");
        }
        return port;
    }

    private Tls tls(ConnectionParameters all) {
        boolean system = all.value("sslrootcert").filter(Tls.SYSTEM::equals).isPresent();
        // libpq: weaker modes with the system's authorities would trust anyone who can get any certificate.
        String value = all.value("sslmode").orElse(system ? "verify-full" : "prefer");
        Map<String, SslMode> modes = new LinkedHashMap<>();
        for (SslMode known : SslMode.values()) {
            modes.put(known.keyword(), known);
        }
        SslMode mode = modes.getOrDefault(oneOf(all, "sslmode", value, List.copyOf(modes.keySet())), SslMode.PREFER);
        if (system && mode != SslMode.VERIFY_FULL) {
            throw notRight(all, "sslmode", value, "With sslrootcert=system only verify-full is safe.");
        }
        return new Tls(
                mode,
                all.value("sslrootcert").map(file -> system ? Path.of(Tls.SYSTEM) : path(file)),
                all.value("sslcert").map(this::path),
                all.value("sslkey").map(this::path),
                all.value("sslpassword").map(Secret::new),
                all.value("channel_binding")
                        .map(binding ->
                                oneOf(all, "channel_binding", binding, List.of("disable", "prefer", "require"))));
    }

    private static Duration connectTimeout(ConnectionParameters all) {
        Optional<String> text = all.value("connect_timeout");
        if (text.isEmpty()) {
            return Profile.CONNECT_TIMEOUT;
        }
        try {
            int seconds = Integer.parseInt(text.get().strip());
            return seconds <= 0 ? Duration.ZERO : Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw notRight(all, "connect_timeout", text.get(), "It is a whole number of seconds; 0 waits for ever.");
        }
    }

    private Optional<ZoneId> timeZone() {
        return environment.variable("PGTZ").map(zone -> {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new HowdahException(
                        ErrorCode.CONFIGURATION,
                        "PGTZ names no time zone: " + zone + ".",
                        "A name such as Europe/Berlin or UTC is expected.",
                        e);
            }
        });
    }

    private static String oneOf(ConnectionParameters all, String keyword, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw notRight(
                    all,
                    keyword,
                    value,
                    Nearest.to(value, allowed)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("It is one of " + String.join(", ", allowed) + "."));
        }
        return value;
    }

    private static HowdahException notRight(ConnectionParameters all, String keyword, String value, String hint) {
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                "The " + keyword + " \"" + value + "\" (" + all.origin(keyword).orElse("default") + ") is not right.",
                hint);
    }

    private String operatingSystemUser() {
        Path home = environment.home().getFileName();
        return environment
                .variable("USER")
                .or(() -> environment.variable("LOGNAME"))
                .or(() -> environment.variable("USERNAME"))
                .orElse(home == null ? "postgres" : home.toString());
    }

    private Path passwordFile(ConnectionParameters all) {
        return all.value("passfile")
                .map(this::path)
                .orElseGet(() -> environment.operatingSystem() == OperatingSystem.WINDOWS
                        ? environment
                                .variable("APPDATA")
                                .map(Path::of)
                                .orElse(environment.home())
                                .resolve("postgresql")
                                .resolve("pgpass.conf")
                        : environment.home().resolve(".pgpass"));
    }

    private Optional<Secret> passwordFromFile(Path path, List<Host> hosts, String database, String user) {
        PasswordFile file = new PasswordFile(path, warnings);
        for (Host host : hosts) {
            Optional<Secret> password = file.password(host.name(), host.port(), database, user);
            if (password.isPresent()) {
                return password;
            }
        }
        return Optional.empty();
    }

    private Path path(String text) {
        return environment.workingDirectory().resolve(text);
    }
}
