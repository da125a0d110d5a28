package org.symbolon.tests.frameworks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/** Netty, by the JDK's TLS and by BoringSSL. */
enum NettyFramework implements Framework {
    JDK("Netty server, JDK") {
        @Override
        SslContextBuilder builder(HeldKey key) throws Exception {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(key.keyStore(), null);
            return SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK);
        }
    },
    BORINGSSL("Netty server, BoringSSL") {
        @Override
        SslContextBuilder builder(HeldKey key) throws Exception {
            return SslContextBuilder.forServer(key.privateKey(), key.chain()).sslProvider(SslProvider.OPENSSL);
        }
    };

    private final String title;

    NettyFramework(String title) {
        this.title = title;
    }

    abstract SslContextBuilder builder(HeldKey key) throws Exception;

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return Tls.PROTOCOLS;
    }

    @Override
    public void use(HeldKey key, String protocol) throws Exception {
        SslContext context = builder(key).protocols(protocol).build();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(context.newHandler(channel.alloc()), new Greeter());
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            Tls.requireServed(((InetSocketAddress) server.localAddress()).getPort(), key, protocol);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
            ReferenceCountUtil.release(context);
        }
    }

    /** Answers whatever it is asked. */
    private static final class Greeter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object request) {
            ReferenceCountUtil.release(request);
            context.writeAndFlush(Unpooled.wrappedBuffer(Tls.response(Tls.GREETING)))
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close(); // the client tells what happened
        }
    }
}
