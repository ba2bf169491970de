package org.solarrelay.delivery.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.component.vertx.http.VertxHttpEndpoint;
import org.jboss.logging.Logger;

/**
 * Drops informational responses (RFC 9110, 15.2), so that a call ends with its final response.
 * Vert.x 4.5 recognises only 100 and 103, and takes any other, such as 102, for the final response.
 */
final class InformationalResponseFilter extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = Logger.getLogger(InformationalResponseFilter.class);
  private static final String NAME = "informational-responses";
  private static final int SWITCHING_PROTOCOLS = 101;

  private static final Map<WebClient, Boolean> FILTERED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private boolean dropping;

  /** Adds the filter to the client of an endpoint. */
  static void install(VertxHttpEndpoint endpoint) {
    try {
      // the endpoint has no accessor for its client
      Field field = VertxHttpEndpoint.class.getDeclaredField("webClient");
      field.setAccessible(true);
      if (field.get(endpoint) instanceof WebClientInternal client
          && FILTERED.putIfAbsent(client, true) == null) {
        client.addInterceptor(InformationalResponseFilter::intercept);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // without the filter a 102 fails the call, and the delivery is retried
      LOG.debug("Informational responses are not filtered", e);
    }
  }

  private static void intercept(HttpContext<?> call) {
    if (call.phase() == ClientPhase.SEND_REQUEST
        && call.clientRequest().connection() instanceof ConnectionBase connection) {
      ChannelPipeline pipeline = connection.channel().pipeline();
      if (pipeline.get(NAME) == null && pipeline.get("handler") != null) {
        pipeline.addBefore("handler", NAME, new InformationalResponseFilter());
      }
    }
    call.next();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      dropping =
          response.status().codeClass() == HttpStatusClass.INFORMATIONAL
              && response.status().code() != SWITCHING_PROTOCOLS;
    }
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    dropping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }
}
