package org.solarrelay.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.spi.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Java's own sockets, those that servers accept with a {@link RequestDeadline}. Neither Quarkus nor
 * Vert.x lets a program near a connection before the headers of its first request are complete.
 */
record DeadlineTransport(Transport sockets, Duration deadline) implements Transport {

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return domainSocket ? sockets.serverChannelFactory(true) : Watched::new;
  }

  /** Gives each accepted connection its deadline. */
  private final class Watched extends NioServerSocketChannel {
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int read = super.doReadMessages(accepted);
      accepted.subList(before, accepted.size()).stream()
          .map(Channel.class::cast)
          .forEach(channel -> channel.pipeline().addLast(new RequestDeadline(deadline)));
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
