package org.solarrelay.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which a request has begun and no answer has within the deadline. Time-outs
 * of silence do not see who sends a byte of a header, or of a body, every few seconds (slow loris).
 */
final class RequestDeadline extends ChannelDuplexHandler {

  private final Duration deadline;
  private Future<?> closing;

  RequestDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (closing == null) {
      closing =
          context
              .executor()
              .schedule(() -> context.close(), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
    stop();
    context.write(bytes, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }

  private void stop() {
    if (closing != null) {
      closing.cancel(false);
      closing = null;
    }
  }
}
