package dev.howdah.postgres.wire;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;

/** A fresh database and a door to it. */
final class OpenWire implements AutoCloseable {
    final TestDatabase server = TestPostgres.open().empty();
    final Profile profile =
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password());
    final Database database = Database.single(profile);
    final Wire wire = new Wire(database);

    Collected read(String sql) {
        return read(ReadRequest.of(sql));
    }

    Collected read(ReadRequest request) {
        Collected collected = new Collected();
        wire.read(request, collected, new Cancellation());
        return collected;
    }

    /** The only value of the only row. */
    String value(String sql) {
        return String.valueOf(read(sql).rows.getFirst().getFirst());
    }

    @Override
    public void close() {
        wire.close();
        database.close();
        server.close();
    }
}
