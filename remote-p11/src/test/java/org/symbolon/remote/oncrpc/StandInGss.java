package org.symbolon.remote.oncrpc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import org.jspecify.annotations.Nullable;

/**
 * Security contexts without tickets, for what stands above them: the token is the caller's name, checksums are HMACs under a
 * key that both ends know, encryption inverts bits. Kerberos is met in the tests with a real KDC.
 */
final class StandInGss implements InvocationHandler {
    private static final int MIC_BYTES = 32;

    private final boolean initiator;
    private String caller;
    private boolean established;
    int lifetime = 3600;
    boolean broken;

    private StandInGss(boolean initiator, String caller) {
        this.initiator = initiator;
        this.caller = caller;
    }

    static GSSContext initiator(String caller) {
        return context(new StandInGss(true, caller));
    }

    static GSSContext acceptor() {
        return context(new StandInGss(false, ""));
    }

    static StandInGss of(GSSContext context) {
        return (StandInGss) Proxy.getInvocationHandler(context);
    }

    private static GSSContext context(StandInGss handler) {
        return (GSSContext)
                Proxy.newProxyInstance(StandInGss.class.getClassLoader(), new Class<?>[] {GSSContext.class}, handler);
    }

    /** Accepts the tokens of these contexts. */
    static GssAcceptor accepting() {
        return new GssAcceptor() {
            @Override
            public GSSContext context() {
                return StandInGss.acceptor();
            }

            @Override
            public GssCaller caller(GSSContext context) {
                return new GssCaller(of(context).caller, Optional.empty());
            }
        };
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "initSecContext" -> {
                established = true;
                yield caller.getBytes(StandardCharsets.UTF_8);
            }
            case "acceptSecContext" -> {
                caller = new String((byte[]) arguments[0], StandardCharsets.UTF_8);
                if (caller.isEmpty()) {
                    throw new GSSException(GSSException.DEFECTIVE_TOKEN);
                }
                established = true;
                yield null;
            }
            case "isEstablished" -> established;
            case "getMutualAuthState", "getConfState" -> true;
            case "isInitiator" -> initiator;
            case "getLifetime" -> lifetime;
            case "getMIC" -> mic(part(arguments));
            case "verifyMIC" -> {
                byte[] message = Arrays.copyOfRange(
                        (byte[]) arguments[3], (int) arguments[4], (int) arguments[4] + (int) arguments[5]);
                if (!Arrays.equals(part(arguments), mic(message))) {
                    throw new GSSException(GSSException.BAD_MIC);
                }
                yield null;
            }
            case "wrap" -> {
                byte[] plain = part(arguments);
                byte[] sealed = Arrays.copyOf(inverted(plain), plain.length + MIC_BYTES);
                System.arraycopy(mic(plain), 0, sealed, plain.length, MIC_BYTES);
                yield sealed;
            }
            case "unwrap" -> unwrap(part(arguments), (MessageProp) arguments[3]);
            case "dispose" -> null;
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> proxy == arguments[0];
            case "toString" -> "context of " + caller;
            default -> throw new AssertionError(method + " is not used");
        };
    }

    private static byte[] part(Object[] arguments) {
        return Arrays.copyOfRange((byte[]) arguments[0], (int) arguments[1], (int) arguments[1] + (int) arguments[2]);
    }

    private byte[] unwrap(byte[] sealed, MessageProp property) throws GSSException, GeneralSecurityException {
        if (sealed.length < MIC_BYTES) {
            throw new GSSException(GSSException.DEFECTIVE_TOKEN);
        }
        byte[] plain = inverted(Arrays.copyOf(sealed, sealed.length - MIC_BYTES));
        if (!Arrays.equals(mic(plain), Arrays.copyOfRange(sealed, plain.length, sealed.length))) {
            throw new GSSException(GSSException.BAD_MIC);
        }
        property.setPrivacy(true);
        return plain;
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] ^= (byte) 0xFF;
        }
        return inverted;
    }

    private byte[] mic(byte[] message) throws GeneralSecurityException, GSSException {
        if (broken) {
            throw new GSSException(GSSException.CONTEXT_EXPIRED);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(caller.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(message);
    }
}
