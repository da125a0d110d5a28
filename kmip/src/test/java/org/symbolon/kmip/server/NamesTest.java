package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Name;

/** Names of objects that two clients make at once. */
class NamesTest {
    private static final Attribute<?> NAME = Attribute.of(AttributeType.NAME, Name.of("one"));

    private static boolean isFree(Names names) {
        try {
            names.requireFree(NAME, "");
            return true;
        } catch (KmipFailure e) {
            return false;
        } catch (TokenException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void name_thatAnOperationIsAboutToGive_isNotFreeForAnother() throws Exception {
        try (MachineRig rig = new MachineRig()) {
            Clock clock = Clock.fixed(MachineRig.NOW, ZoneOffset.UTC);
            try (ObjectStore store = new ObjectStore(rig.session(), clock, Semantics.DEFAULT)) {
                ReservedNames reserved = new ReservedNames();
                Names names = new Names(store, reserved);
                names.requireFree(NAME, "");
                names.requireFree(NAME, ""); // the other key of a pair

                assertThat(CompletableFuture.supplyAsync(() -> isFree(names)).get(10, TimeUnit.SECONDS))
                        .isFalse();
                reserved.release();
                assertThat(CompletableFuture.supplyAsync(() -> isFree(names)).get(10, TimeUnit.SECONDS))
                        .isTrue();
                assertThatThrownBy(() -> names.requireFree(NAME, "")).isInstanceOf(KmipFailure.class);
            }
        }
    }
}
