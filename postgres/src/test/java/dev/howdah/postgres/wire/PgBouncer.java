package dev.howdah.postgres.wire;

import static org.awaitility.Awaitility.await;

import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PgBouncer in transaction mode in front of a database, with a single session of the server for all its clients. */
final class PgBouncer implements AutoCloseable {
    private final Process process;
    private final Path directory;
    private final Profile profile;

    private PgBouncer(Process process, Path directory, Profile profile) {
        this.process = process;
        this.directory = directory;
        this.profile = profile;
    }

    /** The program, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/sbin"))
                .map(Path::of)
                .map(bin -> bin.resolve("pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static PgBouncer before(TestDatabase server, Path program) throws IOException {
        // Not below JUnit's directory, which only its owner enters: as root it runs as somebody else.
        Path directory = Files.createTempDirectory(
                "howdah-pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port = freePort();
        Path users = Files.writeString(
                directory.resolve("users.txt"), "\"" + server.user() + "\" \"" + server.password() + "\"\n");
        Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
            [databases]
            %s = host=%s port=%d user=%s password=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = transaction
            default_pool_size = 1
            """.formatted(
                server.database(), server.host(), server.port(), server.user(), server.password(), port, users));
        for (Path file : List.of(users, settings)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Profile profile = Profile.of("127.0.0.1", port, server.database(), server.user(), server.password());
        PgBouncer bouncer = new PgBouncer(process, directory, profile);
        await().atMost(Duration.ofMinutes(1)).until(() -> bouncer.answers(port));
        return bouncer;
    }

    private boolean answers(int port) throws IOException {
        if (!process.isAlive()) {
            throw new IOException("pgbouncer ended: " + Files.readString(directory.resolve("log")));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Profile profile() {
        return profile;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
