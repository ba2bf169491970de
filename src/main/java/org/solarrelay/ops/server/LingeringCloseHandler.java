package org.solarrelay.ops.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection with an unread request in two steps: the sending side at once, the receiving
 * side after a second. Drops the bytes that arrive in between. A plain close would reset the
 * connection, and a client that still writes might lose the response.
 */
final class LingeringCloseHandler extends ChannelDuplexHandler {

  private static final long MAX_LINGER_MILLIS = 1_000;

  /** The limit, because each lingering connection counts as an open one. */
  private static final int MAX_LINGERING = 200;

  private static final AtomicInteger LINGERING = new AtomicInteger();

  private final BooleanSupplier unread;
  private ChannelPromise closing;
  private Future<?> timeout;

  /**
   * @param unread whether the client may still be writing
   */
  LingeringCloseHandler(BooleanSupplier unread) {
    this.unread = unread;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (closing == null) {
      context.fireChannelRead(bytes);
    } else {
      ReferenceCountUtil.release(bytes);
    }
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (closing != null) {
      // a second close completes with the first one
      closing.addListener(closed -> promise.trySuccess());
    } else if (context.channel() instanceof SocketChannel socket
        && socket.isActive()
        && unread.getAsBoolean()
        && tryLinger()) {
      closing = promise.isVoid() ? context.newPromise() : promise;
      socket.shutdownOutput();
      socket.config().setAutoRead(true);
      timeout =
          context
              .executor()
              .schedule(() -> context.close(), MAX_LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.close(promise);
    }
  }

  private static boolean tryLinger() {
    if (LINGERING.incrementAndGet() <= MAX_LINGERING) {
      return true;
    }
    LINGERING.decrementAndGet();
    return false;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
      LINGERING.decrementAndGet();
      closing.trySuccess();
    }
    context.fireChannelInactive();
  }
}
