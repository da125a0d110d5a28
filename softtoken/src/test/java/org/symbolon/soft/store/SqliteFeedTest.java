package org.symbolon.soft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Deadline;

/** What the feed of an SQLite file tells while this process writes without a pause. */
class SqliteFeedTest {
    @TempDir
    Path folder;

    @Test
    void await_whileSomebodyAlwaysWrites_tellsOfAnyChangeNowAndThen() throws Exception {
        try (SqliteConnector connector =
                SqliteConnector.ofFile(folder.resolve("t.db"), Deadline.after(Duration.ofSeconds(30)))) {
            WriteQueue writes = new WriteQueue("a test");
            SqliteFeed feed = new SqliteFeed(Duration.ofMillis(1), connector, writes);
            List<ChangeFeed.Changed> told = new ArrayList<>();

            told.add(feed.await());
            writes.alone(() -> {
                for (int i = 0; i < 4; i++) {
                    told.add(feed.await());
                }
            });
            told.add(feed.await());

            assertThat(told)
                    .containsExactly(
                            ChangeFeed.Changed.NOTHING,
                            ChangeFeed.Changed.NOTHING,
                            ChangeFeed.Changed.EVERYTHING,
                            ChangeFeed.Changed.NOTHING,
                            ChangeFeed.Changed.EVERYTHING,
                            ChangeFeed.Changed.NOTHING);
        }
    }
}
