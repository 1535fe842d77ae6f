package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating-system user that the server's processes run as. PostgreSQL refuses to run as root, so root hands them to
 * another user; everyone else runs them as themselves. Immutable and thread-safe.
 */
final class ServerUser {
    private static final Logger LOG = LoggerFactory.getLogger(ServerUser.class);
    private static final List<String> CANDIDATES = List.of("postgres", "nobody");

    private final List<String> prefix;
    private final Optional<String> name;
    private final boolean shell;

    private ServerUser(List<String> prefix, Optional<String> name, boolean shell) {
        this.prefix = prefix;
        this.name = name;
        this.shell = shell;
    }

    /** Whether this process is root. */
    static boolean isRoot() {
        Path self = Path.of("/proc/self");
        try {
            return Files.exists(self)
                    ? Files.getAttribute(self, "unix:uid").equals(0)
                    : "root".equals(System.getProperty("user.name"));
        } catch (IOException e) {
            throw Directories.failure("read", self, e);
        }
    }

    /**
     * Who runs the server whose data directory is or will be {@code data}. A directory that exists decides by its owner.
     *
     * @throws HowdahException if this process is root and there is no way to become someone else
     */
    static ServerUser of(Path data) {
        if (!isRoot()) {
            return new ServerUser(List.of(), Optional.empty(), false);
        }
        List<String> names = owner(data).map(List::of).orElse(CANDIDATES);
        for (String name : names) {
            Optional<ServerUser> user = become(name);
            if (user.isPresent()) {
                LOG.debug("the server runs as {} through {}", name, user.get().prefix);
                return user.get();
            }
        }
        return inNamespace()
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.FILE,
                        "PostgreSQL does not run as root, and none of setpriv, runuser, su and unshare can become "
                                + String.join(" or ", names) + " here.",
                        "Run Howdah as an ordinary user."));
    }

    private static Optional<String> owner(Path data) {
        try {
            return Files.exists(data)
                    ? Optional.of(Files.getOwner(data).getName()).filter(owner -> !owner.equals("root"))
                    : Optional.empty();
        } catch (IOException e) {
            throw Directories.failure("read", data, e);
        }
    }

    /** The first way of becoming this user that works; empty when there is no such user or no way. */
    static Optional<ServerUser> become(String name) {
        Optional<String> uid = output(List.of("id", "-u", name));
        Optional<String> gid = output(List.of("id", "-g", name));
        if (uid.isEmpty() || gid.isEmpty() || uid.get().equals("0")) {
            return Optional.empty();
        }
        return ways(name, uid.get(), gid.get()).stream()
                .filter(way -> output(way.command(List.of("id", "-u"))).equals(uid))
                .findFirst();
    }

    /** The cheapest first: runuser and su open a session of their own. */
    static List<ServerUser> ways(String name, String uid, String gid) {
        Optional<String> owner = Optional.of(name);
        return List.of(
                new ServerUser(
                        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"), owner, false),
                new ServerUser(List.of("runuser", "-u", name, "--"), owner, false),
                // The shell must be named: an account such as nobody has one that only says goodbye.
                new ServerUser(List.of("su", "-s", "/bin/sh", name, "-c"), owner, true));
    }

    /**
     * A namespace where root looks like nobody, while files stay root's. The last resort, as many containers forbid it.
     */
    private static Optional<ServerUser> inNamespace() {
        ServerUser way = new ServerUser(List.of("unshare", "--user", "--"), Optional.empty(), false);
        return Optional.of(way)
                .filter(user -> output(user.command(List.of("id", "-u")))
                        .filter(uid -> !uid.equals("0"))
                        .isPresent());
    }

    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} does not run: {}", command.getFirst(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        }
    }

    /** {@code command} as this user runs it. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        if (shell) {
            whole.add(quoted(command));
        } else {
            whole.addAll(command);
        }
        return List.copyOf(whole);
    }

    private static String quoted(List<String> command) {
        StringBuilder line = new StringBuilder("exec");
        for (String word : command) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        return line.toString();
    }

    /** Makes a file or directory this user's own. */
    void own(Path path) throws IOException {
        if (name.isPresent()) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name.get()));
        }
    }

    /**
     * Where a directory must lie so that the server's user reaches it and nobody but root can put something else there:
     * {@code wanted}, unless this process is root and a directory above, such as root's home, is closed to others or
     * belongs to someone else. Then it is the same path below {@code /var/lib/howdah}.
     */
    static Path reachable(Path wanted) {
        if (!isRoot()) {
            return wanted;
        }
        Path absolute = wanted.toAbsolutePath().normalize();
        for (Path above = absolute; above != null; above = above.getParent()) {
            if (Files.isDirectory(above) && !isOpenAndRoots(above)) {
                return Path.of("/var/lib/howdah").resolve(Path.of("/").relativize(absolute));
            }
        }
        return absolute;
    }

    private static boolean isOpenAndRoots(Path directory) {
        try {
            return Files.getAttribute(directory, "unix:uid").equals(0)
                    && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException e) {
            throw Directories.failure("read", directory, e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", prefix);
    }
}
