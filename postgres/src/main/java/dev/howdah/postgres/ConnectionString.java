package dev.howdah.postgres;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads connection strings as libpq does: {@code postgresql://} URIs and {@code key=value} text; and the JDBC driver's
 * URLs, which people copy from their programs. Errors never show the string, because it may hold a password.
 */
public final class ConnectionString {
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");
    private static final String JDBC = "jdbc:postgresql:";

    /** pgjdbc's names for what libpq names otherwise. */
    private static final Map<String, String> JDBC_NAMES = Map.of(
            "ApplicationName", "application_name",
            "connectTimeout", "connect_timeout",
            "loginTimeout", "connect_timeout",
            "channelBinding", "channel_binding",
            "PGHOST", "host",
            "PGPORT", "port",
            "PGDBNAME", "dbname");

    /** pgjdbc's parameters that Howdah sets itself. */
    private static final Set<String> JDBC_OURS = Set.of(
            "socketTimeout",
            "tcpKeepAlive",
            "prepareThreshold",
            "preferQueryMode",
            "binaryTransfer",
            "autosave",
            "defaultRowFetchSize",
            "reWriteBatchedInserts",
            "stringtype",
            "assumeMinServerVersion",
            "readOnly");

    private final String origin;

    private ConnectionString(String origin) {
        this.origin = origin;
    }

    /** Whether the text is a connection string; what is not is a database's or a profile's name. */
    public static boolean isConnectionString(String text) {
        return SCHEMES.stream().anyMatch(text::startsWith) || text.startsWith(JDBC) || text.indexOf('=') >= 0;
    }

    /**
     * Reads a connection string.
     *
     * @param text the string
     * @param origin where it comes from, in a person's words, such as {@code -d} or {@code DATABASE_URL}
     * @throws HowdahException of code {@link ErrorCode#CONFIGURATION}, saying what is wrong with it
     */
    public static ConnectionParameters parse(String text, String origin) {
        ConnectionString reader = new ConnectionString(origin);
        if (text.indexOf('\0') >= 0) {
            throw reader.wrong("it holds a NUL character");
        }
        String trimmed = text.strip();
        for (String scheme : SCHEMES) {
            if (trimmed.startsWith(scheme)) {
                return reader.uri(trimmed.substring(scheme.length()), false);
            }
        }
        if (trimmed.startsWith(JDBC)) {
            return reader.jdbc(trimmed.substring(JDBC.length()));
        }
        int colon = trimmed.indexOf("://");
        if (colon > 0 && trimmed.indexOf('=') < 0) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "The connection string (" + origin + ") is of a kind that Howdah does not know.",
                    "It begins with postgresql://");
        }
        return reader.keysAndValues(trimmed);
    }

    private ConnectionParameters jdbc(String rest) {
        if (rest.startsWith("//")) {
            return uri(rest.substring(2), true);
        }
        int query = rest.indexOf('?');
        String database = query < 0 ? rest : rest.substring(0, query);
        ConnectionParameters found = with(ConnectionParameters.empty(), "dbname", decoded(database));
        return query < 0 ? found : query(found, rest.substring(query + 1), true);
    }

    private ConnectionParameters uri(String rest, boolean jdbc) {
        int query = rest.indexOf('?');
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int slash = beforeQuery.indexOf('/');
        // The password may hold a slash only as %2F, but an @ in it is common: the last one ends the user part.
        String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        int at = authority.lastIndexOf('@');
        ConnectionParameters found = ConnectionParameters.empty();
        if (at >= 0) {
            String userPart = authority.substring(0, at);
            int colon = userPart.indexOf(':');
            found = with(found, "user", decoded(colon < 0 ? userPart : userPart.substring(0, colon)));
            if (colon >= 0) {
                found = with(found, "password", decoded(userPart.substring(colon + 1)));
            }
        }
        found = hosts(found, authority.substring(at + 1));
        if (slash >= 0) {
            found = with(found, "dbname", decoded(beforeQuery.substring(slash + 1)));
        }
        return query < 0 ? found : query(found, rest.substring(query + 1), jdbc);
    }

    private ConnectionParameters hosts(ConnectionParameters before, String hostPart) {
        if (hostPart.isEmpty()) {
            return before;
        }
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String one : hostPart.split(",", -1)) {
            int portColon;
            if (one.startsWith("[")) {
                int bracket = one.indexOf(']');
                if (bracket < 0) {
                    throw wrong("the IPv6 address lacks its closing bracket");
                }
                names.add(decoded(one.substring(1, bracket)));
                portColon = bracket + 1;
                if (portColon < one.length() && one.charAt(portColon) != ':') {
                    throw wrong("something follows the IPv6 address that is no port");
                }
            } else {
                int colon = one.indexOf(':');
                portColon = colon < 0 ? one.length() : colon;
                names.add(decoded(one.substring(0, portColon)));
            }
            ports.add(portColon < one.length() ? decoded(one.substring(portColon + 1)) : "");
        }
        ConnectionParameters found = before;
        if (names.stream().anyMatch(name -> !name.isEmpty())) {
            found = with(found, "host", String.join(",", names));
        }
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            found = with(found, "port", String.join(",", ports));
        }
        return found;
    }

    private ConnectionParameters query(ConnectionParameters before, String query, boolean jdbc) {
        ConnectionParameters found = before;
        if (query.isEmpty()) {
            return found;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw wrong("a parameter after the question mark lacks its \"=\"");
            }
            String keyword = decoded(pair.substring(0, equals));
            String value = decoded(pair.substring(equals + 1));
            found = jdbc ? jdbcParameter(found, keyword, value) : uriParameter(found, keyword, value);
        }
        return found;
    }

    private ConnectionParameters uriParameter(ConnectionParameters found, String keyword, String value) {
        // libpq takes this one spelling of JDBC's.
        return keyword.equals("ssl") && value.equals("true")
                ? with(found, "sslmode", "require")
                : with(found, keyword, value);
    }

    private ConnectionParameters jdbcParameter(ConnectionParameters found, String keyword, String value) {
        if (JDBC_OURS.contains(keyword)) {
            return found;
        }
        return switch (keyword) {
            // pgjdbc's ssl=true checks the certificate, unlike libpq's.
            case "ssl" ->
                found.value("sslmode").isPresent()
                        ? found
                        : with(found, "sslmode", value.equals("false") ? "prefer" : "verify-full");
            case "currentSchema" -> {
                String option = "-c search_path=" + value.replace("\\", "\\\\").replace(" ", "\\ ");
                yield with(
                        found,
                        "options",
                        found.value("options").map(o -> o + " " + option).orElse(option));
            }
            case "targetServerType" -> with(found, "target_session_attrs", sessionAttributes(value));
            default -> with(found, JDBC_NAMES.getOrDefault(keyword, keyword), value);
        };
    }

    private static String sessionAttributes(String targetServerType) {
        return switch (targetServerType) {
            case "primary", "master" -> "primary";
            case "secondary", "slave" -> "standby";
            case "preferSecondary", "preferSlave" -> "prefer-standby";
            default -> targetServerType;
        };
    }

    private ConnectionParameters keysAndValues(String text) {
        ConnectionParameters found = ConnectionParameters.empty();
        int at = 0;
        while (true) {
            at = skipSpace(text, at);
            if (at == text.length()) {
                return found;
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String keyword = text.substring(start, at);
            at = skipSpace(text, at);
            if (at == text.length() || text.charAt(at) != '=') {
                throw wrong("\"=\" is missing after a parameter's name");
            }
            at = skipSpace(text, at + 1);
            StringBuilder value = new StringBuilder();
            at = value(text, at, value);
            found = with(found, keyword, value.toString());
        }
    }

    /** Appends the value that starts here and returns where it ends. */
    private int value(String text, int start, StringBuilder value) {
        boolean quoted = start < text.length() && text.charAt(start) == '\'';
        for (int at = quoted ? start + 1 : start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted ? c == '\'' : Character.isWhitespace(c)) {
                return at + 1;
            }
            if (c == '\\') {
                at++;
                if (at < text.length()) {
                    value.append(text.charAt(at));
                }
            } else {
                value.append(c);
            }
        }
        if (quoted) {
            throw wrong("a quoted value lacks its closing quote");
        }
        return text.length();
    }

    private static int skipSpace(String text, int start) {
        int at = start;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private ConnectionParameters with(ConnectionParameters found, String keyword, String value) {
        return found.with(keyword, value, origin);
    }

    private String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw wrong("a percent sign is not followed by two hexadecimal digits (write %25 for a percent sign)");
            }
            int value = high * 16 + low;
            if (value == 0) {
                throw wrong("it holds %00");
            }
            out.put((byte) value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw wrong("its percent signs do not make UTF-8 text");
        }
    }

    private HowdahException wrong(String why) {
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                "The connection string (" + origin + ") is not right: " + why + ".",
                "It looks like postgresql://user:password@host:5432/database?sslmode=require");
    }
}
