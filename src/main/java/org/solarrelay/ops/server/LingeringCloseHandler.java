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
 * Closes a connection whose request is not read to its end in two steps: the sending side at once,
 * the rest after a second. A plain close would reset the connection, and the client might lose the
 * response while it still writes. What arrives meanwhile is dropped.
 */
final class LingeringCloseHandler extends ChannelDuplexHandler {

  private static final long LONGEST_MILLIS = 1_000;

  /** Each of them counts as an open connection. */
  private static final int MOST_AT_ONCE = 200;

  private static final AtomicInteger LINGERING = new AtomicInteger();

  private final BooleanSupplier unread;
  private ChannelPromise closing;
  private Future<?> ending;

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
      // it is being closed; who asks again learns of the end of the first close
      closing.addListener(closed -> promise.trySuccess());
    } else if (context.channel() instanceof SocketChannel socket
        && socket.isActive()
        && unread.getAsBoolean()
        && begin()) {
      closing = promise.isVoid() ? context.newPromise() : promise;
      socket.shutdownOutput();
      socket.config().setAutoRead(true);
      ending =
          context.executor().schedule(() -> context.close(), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      context.close(promise);
    }
  }

  private static boolean begin() {
    if (LINGERING.incrementAndGet() <= MOST_AT_ONCE) {
      return true;
    }
    LINGERING.decrementAndGet();
    return false;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (ending != null) {
      ending.cancel(false);
      ending = null;
      LINGERING.decrementAndGet();
      closing.trySuccess();
    }
    context.fireChannelInactive();
  }
}
