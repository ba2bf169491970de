package org.solarrelay.ops.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Adds guards to each accepted connection: {@link RequestDeadline}, strict parsing of requests,
 * error responses as problem+json, lingering close. Neither Quarkus nor Vert.x gives access to a
 * connection before the headers of its first request are complete.
 *
 * @param deadline zero disables it
 * @param headerLimit the maximum size of a request's headers, as an option of Vert.x; without it
 *     the HTTP pipeline stays Vert.x' own
 */
record GuardedTransport(
    Transport sockets,
    Duration deadline,
    Optional<HttpServerOptions> headerLimit,
    SecurityHeaders securityHeaders)
    implements Transport {

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return domainSocket ? sockets.serverChannelFactory(true) : GuardedServerChannel::new;
  }

  private void guard(ChannelPipeline connection) {
    if (!deadline.isZero()) {
      connection.addLast(new RequestDeadline(deadline));
    }
    headerLimit.ifPresent(
        options -> {
          ProblemResponseHandler responses = new ProblemResponseHandler(securityHeaders);
          connection.addLast(new LingeringCloseHandler(responses::hasUnreadRequest));
          connection.addLast(new HttpPipelineInitializer(options, responses));
        });
  }

  /** Guards each accepted connection. */
  private final class GuardedServerChannel extends NioServerSocketChannel {
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int read = super.doReadMessages(accepted);
      accepted.subList(before, accepted.size()).stream()
          .map(Channel.class::cast)
          .forEach(channel -> guard(channel.pipeline()));
      return read;
    }
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
    return sockets.eventLoopGroup(type, threads, factory, ioRatio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return sockets.datagramChannel();
  }

  @Override
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return sockets.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return sockets.channelFactory(domainSocket);
  }

  @Override
  public boolean supportFileRegion() {
    return sockets.supportFileRegion();
  }
}
