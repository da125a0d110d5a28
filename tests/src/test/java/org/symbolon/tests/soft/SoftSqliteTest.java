package org.symbolon.tests.soft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** The soft token in an SQLite database. */
class SoftSqliteTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        try {
            return new Sqlite(Files.createTempDirectory("symbolon-contract"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Sqlite(Path folder) implements TokenFixture {
        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return SoftModule.builder()
                    .sqlite(folder.resolve("tokens.db"))
                    .kdf(KdfParameters.floor())
                    .pinTries(pinTries())
                    .options(options)
                    .open();
        }

        @Override
        public int pinTries() {
            return 3;
        }

        @Override
        public void close() {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
