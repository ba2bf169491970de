package org.solarrelay.ops.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Adds the relay's HTTP handlers to the pipeline of a connection and replaces Vert.x' decoder. Runs
 * at the connection's first bytes, because the pipeline is not complete earlier.
 */
final class HttpPipelineInitializer extends ChannelInboundHandlerAdapter {

  private final HttpServerOptions limits;
  private final ProblemResponseHandler responses;

  HttpPipelineInitializer(HttpServerOptions limits, ProblemResponseHandler responses) {
    this.limits = limits;
    this.responses = responses;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    ChannelPipeline pipeline = context.pipeline();
    ChannelHandlerContext decoder = pipeline.context(VertxHttpRequestDecoder.class);
    ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
    if (decoder != null && encoder != null) {
      String name = decoder.name();
      pipeline.replace(decoder.handler(), name, new StrictRequestDecoder(limits));
      pipeline.addAfter(encoder.name(), "problemResponses", responses);
    }
    pipeline.remove(this);
    context.fireChannelRead(bytes);
  }
}
