package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Attributes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

@Timeout(60)
class TokenConnectionTest {
    private final ScriptedModule module = new ScriptedModule();
    private Connector connector;
    private ConnectionPool pool;

    @BeforeEach
    void open() throws TokenException {
        connector = new Connector(module.settings(2));
        pool = module.pool(connector, 2);
    }

    @AfterEach
    void close() {
        pool.close();
        connector.close();
    }

    @Test
    void find_answeredWithMoreThanWasAskedFor_isRefused() {
        module.on(
                RpcCall.FIND_OBJECTS,
                request -> Optional.of(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(Collections.nCopies(2049, 1L)))));
        assertThatThrownBy(this::find)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("2049 numbers, 2048 were asked for");
    }

    @Test
    void find_thatNeverEnds_isEnded() {
        module.on(
                RpcCall.FIND_OBJECTS,
                request -> Optional.of(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(Collections.nCopies(2048, 1L)))));
        assertThatThrownBy(this::find)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("more than 1048576 objects");
    }

    private Object find() throws TokenException {
        return pool.call(
                ScriptedModule.soon(),
                Repeat.ALWAYS,
                on -> new HandleLookup(on, new ObjectReader(on, "T", true))
                        .find(Attributes.none(), Long.MAX_VALUE, ScriptedModule.soon()));
    }

    @Test
    void inSession_whoseWorkFailsAndWhoseConnectionEnds_failsAsTheWorkDid() {
        module.dropOn(RpcCall.CLOSE_SESSION);
        assertThatThrownBy(() -> pool.call(
                        ScriptedModule.soon(),
                        Repeat.ALWAYS,
                        on -> on.inSession(ScriptedModule.soon(), session -> {
                            throw Failures.of(Status.ckr("CKR_PIN_INCORRECT"), "");
                        })))
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void abandon_afterThePoolWasClosed_doesNothing() throws Exception {
        TokenConnection connection = pool.call(ScriptedModule.soon(), Repeat.ALWAYS, on -> on);
        OperationPlace place = new OperationPlace(pool, connection, 1, Duration.ofSeconds(30));
        pool.close();
        assertThatCode(place::abandon).doesNotThrowAnyException();
    }
}
