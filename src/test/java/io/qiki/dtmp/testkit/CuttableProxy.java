package io.qiki.dtmp.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut: with closed connections, or in silence. */
public final class CuttableProxy implements AutoCloseable {
    private enum State {
        OPEN,
        CLOSED,
        SILENT
    }

    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetClient client;
    private final NetServer server;
    private final int target;
    private volatile State state = State.OPEN;

    /** A way to a port of this machine. */
    public CuttableProxy(Vertx vertx, int target) throws Exception {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::onConnect);
        WebHarness.get(server.listen(0, "127.0.0.1"));
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Nothing passes any more; silently: connections stay and are not heard. */
    public void cut(boolean silently) {
        state = silently ? State.SILENT : State.CLOSED;
        if (!silently) {
            closeAll();
        }
    }

    /** Lets new connections through again; those from before are gone. */
    public void heal() {
        closeAll();
        state = State.OPEN;
    }

    @Override
    public void close() throws Exception {
        closeAll();
        WebHarness.get(server.close());
        WebHarness.get(client.close());
    }

    private void closeAll() {
        List.copyOf(sockets).forEach(NetSocket::close);
    }

    private void onConnect(NetSocket browser) {
        if (state == State.CLOSED) {
            browser.close();
            return;
        }
        keep(browser);
        browser.pause();
        client.connect(target, "127.0.0.1")
                .onSuccess(
                        other -> {
                            keep(other);
                            pass(browser, other);
                            pass(other, browser);
                            browser.resume();
                        })
                .onFailure(away -> browser.close());
    }

    private void keep(NetSocket socket) {
        sockets.add(socket);
        socket.exceptionHandler(broken -> sockets.remove(socket));
    }

    private void pass(NetSocket from, NetSocket to) {
        from.handler(
                bytes -> {
                    if (state == State.OPEN) {
                        to.write(bytes);
                    }
                });
        from.closeHandler(
                closed -> {
                    sockets.remove(from);
                    to.close();
                });
    }
}
