package dev.howdah.guard.audit;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of records go.
 *
 * @param kind how they travel
 * @param address where to: {@code syslog+tcp://host:514}, {@code https://host/path}, {@code syslog+unix:///run/log.sock}
 * @param token what an HTTP receiver is shown as bearer token
 */
public record SinkTarget(Kind kind, URI address, Optional<String> token) {
    /** How records travel. */
    public enum Kind {
        /** RFC 5426: a datagram each, which nobody acknowledges. */
        SYSLOG_UDP,
        /** RFC 6587 with octet counts. */
        SYSLOG_TCP,
        /** RFC 5425. */
        SYSLOG_TLS,
        /** A stream socket of this machine. */
        SYSLOG_UNIX,
        /** JSON lines, POSTed in batches. */
        HTTP
    }

    /**
     * The target that a setting names.
     *
     * @throws HowdahException of code CONFIGURATION if it names none
     */
    public static SinkTarget of(String setting, String url, Optional<String> token) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            throw wrong(setting, "is no URL", e);
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        Kind kind = switch (scheme) {
            case "syslog", "syslog+udp" -> Kind.SYSLOG_UDP;
            case "syslog+tcp" -> Kind.SYSLOG_TCP;
            case "syslog+tls" -> Kind.SYSLOG_TLS;
            case "syslog+unix" -> Kind.SYSLOG_UNIX;
            case "http", "https" -> Kind.HTTP;
            default -> throw wrong(setting, "has an unknown scheme", null);
        };
        boolean complete = kind == Kind.SYSLOG_UNIX
                ? address.getPath() != null && address.getPath().startsWith("/")
                : address.getHost() != null;
        if (!complete) {
            throw wrong(setting, "names no " + (kind == Kind.SYSLOG_UNIX ? "path" : "host"), null);
        }
        if (address.getUserInfo() != null) {
            throw wrong(setting, "holds a user or password", null);
        }
        return new SinkTarget(kind, address, token);
    }

    private static HowdahException wrong(String setting, String why, @Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.CONFIGURATION,
                setting + " " + why + ".",
                "Write syslog+tcp://host:port, syslog+tls://…, syslog+udp://…, syslog+unix:///path, or"
                        + " https://host/path.",
                cause);
    }

    /** The port, or the usual one. */
    int port() {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return kind == Kind.SYSLOG_TLS ? 6514 : 514;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
