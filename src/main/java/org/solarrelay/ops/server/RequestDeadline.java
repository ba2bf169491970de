package org.solarrelay.ops.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection if no response begins within the deadline after a request began. Responds 408
 * if the request is not complete. Idle time-outs miss a client that sends one byte every few
 * seconds (slow loris).
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
              .schedule(() -> expire(context), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(bytes);
  }

  private static void expire(ChannelHandlerContext context) {
    ChannelHandlerContext responses = context.pipeline().context(ProblemResponseHandler.class);
    if (responses != null && responses.handler() instanceof ProblemResponseHandler handler) {
      handler.reject(responses, HttpResponseStatus.REQUEST_TIMEOUT);
    } else {
      context.close();
    }
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
