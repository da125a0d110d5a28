package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

@Timeout(60)
class ConnectionPoolTest {
    private final ScriptedModule module = new ScriptedModule();

    @Test
    void open_aLoginThatIsLost_isNotMadeAgain() throws Exception {
        module.dropOn(RpcCall.LOGIN);
        try (Connector connector = new Connector(module.settings(2));
                ConnectionPool pool = module.pool(connector, 2)) {
            assertThatThrownBy(() -> pool.openAnother(ScriptedModule.soon()))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("whether it was done is not known");
        }
        assertThat(module.count(RpcCall.LOGIN)).isEqualTo(1);
    }

    @Test
    void open_aSessionThatIsLostBeforeTheLogin_isOpenedAgain() throws Exception {
        module.dropOn(RpcCall.OPEN_SESSION);
        try (Connector connector = new Connector(module.settings(2));
                ConnectionPool pool = module.pool(connector, 2)) {
            assertThatThrownBy(() -> pool.openAnother(ScriptedModule.soon()))
                    .isInstanceOf(TokenUnavailableException.class);
        }
        assertThat(module.count(RpcCall.OPEN_SESSION)).isGreaterThan(1);
        assertThat(module.count(RpcCall.LOGIN)).isZero();
    }

    @Test
    void call_onAPeerThatForgetsEachLogin_givesUp() throws Exception {
        module.on(
                RpcCall.GET_SESSION_INFO,
                request -> Optional.of(RpcMessage.of(
                        RpcCall.GET_SESSION_INFO, new Ulong(1), new Ulong(2), new Ulong(6), new Ulong(0))));
        try (Connector connector = new Connector(module.settings(2));
                ConnectionPool pool = module.pool(connector, 2)) {
            assertThatThrownBy(() -> pool.call(ScriptedModule.soon(), Repeat.IF_NOTHING_WAS_DONE, on -> on))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("nothing was done");
        }
        assertThat(module.count(RpcCall.LOGIN)).isEqualTo(5);
    }

    @Test
    void call_onAServerThatShowsItsTokenLate_waitsForIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        module.on(
                RpcCall.GET_TOKEN_INFO,
                request -> Optional.of(
                        asked.incrementAndGet() <= 2
                                ? RpcMessage.error(0xe0) // CKR_TOKEN_NOT_PRESENT
                                : module.answer(request)));
        try (Connector connector = new Connector(module.settings(1));
                ConnectionPool pool = module.pool(connector, 1)) {
            pool.call(ScriptedModule.soon(), Repeat.ALWAYS, on -> on);
        }
        assertThat(asked).hasValue(3);
    }
}
