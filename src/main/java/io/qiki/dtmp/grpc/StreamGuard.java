package io.qiki.dtmp.grpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what goes wrong with one stream of a connection cost that stream alone. Stands first in the
 * pipeline: what comes past it was neither read nor written by HTTP/2. Why: ADR 18.
 */
@ChannelHandler.Sharable
final class StreamGuard extends ChannelInboundHandlerAdapter {
    private static final StreamGuard ALL = new StreamGuard();
    private static final Logger LOG = LoggerFactory.getLogger(StreamGuard.class);

    private StreamGuard() {}

    /** Guards a connection from now on; one of HTTP/1.1 has no streams. */
    static void guard(HttpConnection connection) {
        Channel channel = channel(connection);
        if (channel.pipeline().get(Http2ConnectionHandler.class) != null) {
            channel.pipeline().addFirst(ALL);
        }
    }

    /**
     * Whether what is written to a stream now goes to the connection at once, or waits until its
     * reader reads.
     */
    static boolean flows(HttpConnection connection, int streamId) {
        var http2 = channel(connection).pipeline().get(Http2ConnectionHandler.class);
        Http2Stream stream = http2 == null ? null : http2.connection().stream(streamId);
        return stream == null || http2.encoder().flowController().isWritable(stream);
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /** A write that its stream did not live to see; everything else is of the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof StreamException one) {
            LOG.debug("stream {}: {}", one.streamId(), one.getMessage());
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
