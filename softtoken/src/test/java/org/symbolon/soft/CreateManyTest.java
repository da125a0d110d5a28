package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.spi.Request;

/** Objects that are created many at once. */
class CreateManyTest {
    @TempDir
    Path directory;

    private static Request.Create aes(int number, int bytes) {
        return new Request.Create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, Bytes.of(new byte[bytes]))
                .and(Template.label("key-" + number))
                .onToken());
    }

    @Test
    void performAll_ofCreations_keepsAllAndEachIsFoundAfterwards() throws Exception {
        try (TokenModule module = TestTokens.open(directory.resolve("t.db"))) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                List<Request<?>> requests = new ArrayList<>();
                for (int i = 0; i < 1200; i++) {
                    requests.add(aes(i, 16));
                }

                List<Outcome<?>> outcomes = session.performAll(requests);

                assertThat(outcomes).hasSize(1200);
                assertThat(((TokenObject) outcomes.get(1100).get()).label()).isEqualTo("key-1100");
            }
        }
        try (TokenModule module = TestTokens.open(directory.resolve("t.db"));
                Session session = TestTokens.login(module)) {
            assertThat(session.findAll(ObjectQuery.of(ObjectClass.SECRET_KEY))).hasSize(1200);
            assertThat(session.findOne(ObjectQuery.of(ObjectClass.SECRET_KEY).label("key-7")))
                    .isPresent();
        }
    }

    @Test
    void performAll_whenOneCreationIsRefused_keepsTheOthers() throws Exception {
        try (TokenModule module = TestTokens.open(directory.resolve("t.db"))) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                List<Outcome<?>> outcomes = session.performAll(List.of(aes(1, 16), aes(2, 17), aes(3, 32)));

                assertThat(outcomes.get(1).failure()).hasMessageContaining("CKR_ATTRIBUTE_VALUE_INVALID");
                assertThat(outcomes.get(0).failure()).isNull();
                assertThat(session.findAll(ObjectQuery.of(ObjectClass.SECRET_KEY)))
                        .extracting(TokenObject::label)
                        .containsExactlyInAnyOrder("key-1", "key-3");
            }
        }
    }
}
