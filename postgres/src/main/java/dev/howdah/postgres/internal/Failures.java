package dev.howdah.postgres.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.ServerError;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns the driver's exceptions into what a person can act on. The one place that knows SQLSTATEs. Thread-safe. */
public final class Failures {
    private final Profile profile;

    /** Failures of connections made from this profile. */
    public Failures(Profile profile) {
        this.profile = profile;
    }

    /** A failure to connect. */
    public PostgresException connecting(SQLException e) {
        Optional<ServerError> server = serverError(e);
        if (server.isPresent()) {
            return refused(server.get(), e);
        }
        return unreachable(e);
    }

    /**
     * A failure while running a statement.
     *
     * @param prefix how many characters of ours came before the person's text
     */
    public PostgresException running(SQLException e, int prefix) {
        Optional<ServerError> server = serverError(e);
        if (server.isEmpty()) {
            return lost(e);
        }
        ServerError error = server.get().shiftedBack(prefix);
        String state = error.sqlState();
        String message = error.message();
        return switch (state) {
            case "57014" ->
                new PostgresException(
                        ErrorCode.TIMEOUT,
                        "The server stopped the statement: " + message + ".",
                        "A limit of the server or the role (statement_timeout) is shorter than Howdah's own.",
                        error,
                        e);
            case "25P03", "25P04" ->
                new PostgresException(
                        ErrorCode.TIMEOUT,
                        "The server ended the transaction: " + message + ".",
                        "Read the result faster, or ask the administrator for a longer limit.",
                        error,
                        e);
            case "55P03" ->
                new PostgresException(
                        ErrorCode.TIMEOUT,
                        "Another session holds a lock that the statement needs: " + message + ".",
                        "Try again, or see pg_locks for who holds it.",
                        error,
                        e);
            case "57P01", "57P02", "57P03", "57P05" ->
                new PostgresException(
                        ErrorCode.NO_CONNECTION,
                        "The server ended the connection: " + message + ".",
                        "It is being restarted, or an administrator stopped this session; try again in a moment.",
                        error,
                        e);
            case "53100" ->
                new PostgresException(
                        ErrorCode.SERVER,
                        "The server's disk is full: " + message + ".",
                        "Ask for fewer rows or less sorting, or free space on the server.",
                        error,
                        e);
            case "53200" ->
                new PostgresException(
                        ErrorCode.SERVER,
                        "Out of memory: " + message + ".",
                        "Ask for fewer or narrower rows.",
                        error,
                        e);
            case "25006" ->
                new PostgresException(
                        ErrorCode.REFUSED,
                        "The server refused a change in a read-only transaction: " + message + ".",
                        null,
                        error,
                        e);
            case "42501" -> new PostgresException(ErrorCode.SERVER, sentence(message), privileges(), error, e);
            default ->
                new PostgresException(
                        codeOf(state), sentence(message), error.hint().orElse(null), error, e);
        };
    }

    /** What the server said, if anything in the chain came from it. */
    public static Optional<ServerError> serverError(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException psql && psql.getServerErrorMessage() != null) {
                return Optional.of(of(psql.getServerErrorMessage()));
            }
        }
        return Optional.empty();
    }

    private static ServerError of(ServerErrorMessage said) {
        String state = said.getSQLState();
        String severity = said.getSeverity();
        String message = said.getMessage();
        return new ServerError(
                state == null ? "XX000" : state,
                severity == null ? "ERROR" : severity,
                message == null ? "the server gave no message" : message,
                said.getPosition() > 0 ? Optional.of(said.getPosition()) : Optional.empty(),
                Optional.ofNullable(said.getDetail()),
                Optional.ofNullable(said.getHint()));
    }

    private PostgresException refused(ServerError error, SQLException e) {
        String user = "\"" + profile.user() + "\"";
        String at = profile.address();
        return switch (error.sqlState()) {
            case "28P01" ->
                noConnection(
                        "The password for user " + user + " at " + at + " is wrong or missing.",
                        profile.password().isPresent()
                                ? "Correct it where it comes from: "
                                        + profile.origins().getOrDefault("password", "the connection string") + "."
                                : "Give one by PGPASSWORD, ~/.pgpass or the profile.",
                        error,
                        e);
            case "28000" ->
                noConnection(
                        "The server at " + at + " does not let user " + user + " in: " + error.message() + ".",
                        "An entry in the server's pg_hba.conf must allow this user, database and address; sslmode may"
                                + " matter.",
                        error,
                        e);
            case "3D000" ->
                noConnection(
                        "There is no database \"" + profile.database() + "\" at " + at + ".",
                        "Name another with -d, or list them with: psql -l",
                        error,
                        e);
            case "53300" ->
                noConnection(
                        "The server at " + at + " has no connection left: " + error.message() + ".",
                        "Close idle sessions, or try again in a moment.",
                        error,
                        e);
            case "57P03" ->
                noConnection(
                        "The server at " + at + " is starting or stopping: " + error.message() + ".",
                        "Try again in a moment.",
                        error,
                        e);
            default ->
                noConnection(
                        "The server at " + at + " refused the connection: " + error.message() + ".",
                        error.hint().orElse(null),
                        error,
                        e);
        };
    }

    /** What answers is not PostgreSQL: it says this of itself. */
    public PostgresException notPostgres(String description) {
        return new PostgresException(
                ErrorCode.REFUSED,
                "Refused: " + Server.product(description) + " at " + profile.address()
                        + " speaks PostgreSQL's protocol and is not PostgreSQL, so what a statement does there is not"
                        + " known.",
                "Howdah reads PostgreSQL 13 and later. `howdah doctor` shows what answers.",
                null,
                null);
    }

    /** Nobody answered in time. */
    public PostgresException noAnswer(Exception e) {
        return noConnection(
                "No answer from " + profile.address() + " within "
                        + profile.connectTimeout().toSeconds() + " s.",
                "Check the address and the firewall; connect_timeout sets the limit.",
                null,
                e);
    }

    /** A host that is a directory: libpq would look for a Unix-domain socket there. */
    PostgresException socket(Profile.Host host) {
        // Not taken for localhost: another server may listen there, and it would be asked as somebody else.
        return new PostgresException(
                ErrorCode.CONFIGURATION,
                "Howdah connects by TCP, not by Unix socket: the host is " + host.name() + " ("
                        + profile.origins().getOrDefault("host", "the profile") + ").",
                "Use host=localhost if the server listens there (listen_addresses), with a password or a certificate.",
                null,
                null);
    }

    private PostgresException unreachable(SQLException e) {
        String at = profile.address();
        if (has(e, UnknownHostException.class)) {
            return noConnection(
                    "The host name in " + at + " is unknown.", "Check its spelling, or the network and VPN.", null, e);
        }
        if (has(e, SocketTimeoutException.class)) {
            return noConnection(
                    "No answer from " + at + " within "
                            + profile.connectTimeout().toSeconds() + " s.",
                    "Check the address and the firewall; connect_timeout sets the limit.",
                    null,
                    e);
        }
        if (has(e, NoRouteToHostException.class)) {
            return noConnection("There is no route to " + at + ".", "Check the network and VPN.", null, e);
        }
        if (has(e, ConnectException.class)) {
            return noConnection(
                    "Nothing accepts connections at " + at + ".", "Is PostgreSQL running on " + at + "?", null, e);
        }
        return has(e, SSLException.class) || mentionsTls(e) ? tls(e) : other(e);
    }

    private PostgresException tls(SQLException e) {
        String at = profile.address();
        if (has(e, CertificateException.class)) {
            return noConnection(
                    "The certificate of the server at " + at + " is not trusted.",
                    "Point sslrootcert at the authority's certificate, or use sslmode=require to encrypt without"
                            + " checking.",
                    null,
                    e);
        }
        String text = allMessages(e);
        if (text.contains("does not support SSL")) {
            return noConnection(
                    "The server at " + at + " does not support TLS, and sslmode="
                            + profile.tls().mode().keyword() + " insists on it.",
                    "Turn on ssl at the server, or use sslmode=prefer on a network you trust.",
                    null,
                    e);
        }
        if (text.contains("root certificate file")) {
            return noConnection(
                    "The certificates that the server at " + at + " is checked against cannot be read: "
                            + profile.tls()
                                    .rootCertificate()
                                    .map(Object::toString)
                                    .orElse("~/.postgresql/root.crt")
                            + ".",
                    "Point sslrootcert at the authority's certificate, or use sslrootcert=system.",
                    null,
                    e);
        }
        if (text.contains("hostnameverifier")) {
            return noConnection(
                    "The certificate of the server at " + at + " was issued for another host name.",
                    "Connect by the name in the certificate, or use sslmode=verify-ca.",
                    null,
                    e);
        }
        return noConnection(
                "TLS with " + at + " failed.",
                "Check sslmode, sslrootcert, sslcert and sslkey; the log has the details.",
                null,
                e);
    }

    private PostgresException other(SQLException e) {
        String state = e.getSQLState();
        if ("28P01".equals(state) || allMessages(e).contains("no password was provided")) {
            return noConnection(
                    "The server at " + profile.address() + " asks for a password and none is known for user \""
                            + profile.user() + "\".",
                    "Give one by PGPASSWORD, ~/.pgpass or the profile.",
                    null,
                    e);
        }
        if (has(e, EOFException.class) || "08006".equals(state) || "08001".equals(state) || "08004".equals(state)) {
            return noConnection(
                    "The connection to " + profile.address() + " broke off while it was being made.",
                    "Is it PostgreSQL that listens there?",
                    null,
                    e);
        }
        return noConnection(
                "Connecting to " + profile.address() + " failed.", "The log has the details (--verbose).", null, e);
    }

    private PostgresException lost(SQLException e) {
        if ("53200".equals(e.getSQLState())) {
            return new PostgresException(
                    ErrorCode.LIMIT,
                    "The rows are too wide for this program's memory.",
                    "Ask for fewer or narrower columns.",
                    null,
                    e);
        }
        String state = e.getSQLState();
        if (state != null && !state.startsWith("08")) {
            return new PostgresException(
                    ErrorCode.INTERNAL,
                    "The driver did not understand the server's answer.",
                    "The log has the details (--verbose).",
                    null,
                    e);
        }
        return noConnection(
                "The connection to " + profile.address() + " was lost.",
                "The server or the network went away; try again.",
                null,
                e);
    }

    private String privileges() {
        return "Ask the owner to grant user \"" + profile.user() + "\" the privilege.";
    }

    private static PostgresException noConnection(
            String message, @Nullable String hint, @Nullable ServerError error, Exception e) {
        return new PostgresException(ErrorCode.NO_CONNECTION, message, hint, error, e);
    }

    private static ErrorCode codeOf(String state) {
        return state.startsWith("42601") ? ErrorCode.SYNTAX : ErrorCode.SERVER;
    }

    /** The server's messages begin in lower case and end without a full stop. */
    private static String sentence(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    private static boolean has(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentionsTls(Throwable e) {
        String text = allMessages(e);
        return text.contains("SSL") || text.contains("hostnameverifier");
    }

    private static String allMessages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }
}
