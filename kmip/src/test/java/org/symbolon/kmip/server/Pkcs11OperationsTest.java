package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.Pkcs11Function;
import org.symbolon.kmip.enumeration.Pkcs11ReturnCode;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.operation.Pkcs11;
import org.symbolon.kmip.ttlv.KmipVersion;

/** PKCS#11 in KMIP: what is initialized holds while it is used, and does not keep a client out for ever. */
class Pkcs11OperationsTest {
    private static final Pkcs11ReturnCode OK = new Pkcs11ReturnCode(0);

    private final MovedClock clock = new MovedClock();
    private MachineRig rig;

    /** A clock that is put forward. */
    private static final class MovedClock extends Clock {
        private Instant now = MachineRig.NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void open() throws TokenException {
        rig = new MachineRig(clock);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Pkcs11.Response call(String function, @Nullable Bytes correlation) throws Exception {
        return rig.call(
                KmipVersion.V2_1,
                new Pkcs11.Request(null, Pkcs11Function.named(function), correlation, null),
                Pkcs11.Response.class);
    }

    private Bytes initialized() throws Exception {
        return Objects.requireNonNull(call("C_Initialize", null).correlationValue());
    }

    @Test
    void initialized_andNotUsedForAnHour_holdsNoMore() throws Exception {
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            all.add(initialized());
        }
        assertThat(rig.ask(KmipVersion.V2_1, new Pkcs11.Request(null, Pkcs11Function.named("C_Initialize"), null, null))
                        .resultStatus())
                .isEqualTo(ResultStatus.OPERATION_FAILED);

        clock.now = clock.now.plus(Duration.ofMinutes(40));
        assertThat(call("C_GetInfo", all.get(0)).pkcs11ReturnCode()).isEqualTo(OK);
        clock.now = clock.now.plus(Duration.ofMinutes(40));
        assertThat(call("C_GetInfo", all.get(0)).pkcs11ReturnCode()).isEqualTo(OK);
        assertThat(call("C_GetInfo", all.get(1)).pkcs11ReturnCode()).isEqualTo(new Pkcs11ReturnCode(0x190));
        assertThat(initialized()).isNotNull();
        assertThat(call("C_Finalize", all.get(0)).pkcs11ReturnCode()).isEqualTo(OK);
        assertThat(call("C_GetInfo", all.get(0)).pkcs11ReturnCode()).isNotEqualTo(OK);
    }
}
