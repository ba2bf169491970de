package org.solarrelay.ops.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;

/**
 * Writes error responses of Vert.x and Quarkus as problem+json and adds the security headers to
 * every error. Closes the connection after a response with {@code Connection: close}, after 401,
 * and after a response to a request that is not read to its end. Its place is between Vert.x and
 * the codec of a connection.
 */
final class ProblemResponseHandler extends ChannelDuplexHandler {

  private static final int MIN_ERROR = 400;
  private static final int MIN_FINAL = 200;

  private final SecurityHeaders securityHeaders;
  private int unfinished;
  private boolean reading;
  private boolean responding;
  private boolean closing;
  private boolean headRequest;
  private String problem;

  ProblemResponseHandler(SecurityHeaders securityHeaders) {
    this.securityHeaders = securityHeaders;
  }

  /** Whether the latest request has not arrived to its end or cannot be parsed. */
  boolean hasUnreadRequest() {
    return reading;
  }

  /** Whether the client is late, not the relay: no complete request waits for its response. */
  boolean awaitsClient() {
    return !responding && (unfinished == 0 || unfinished == 1 && reading);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
      reading = false;
    } else if (message instanceof HttpRequest request) {
      unfinished++;
      reading = hasBody(request);
      headRequest = request.method().equals(HttpMethod.HEAD);
      problem =
          request.decoderResult().cause() instanceof AmbiguousRequestException ambiguous
              ? ambiguous.getMessage()
              : null;
    } else if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        reject(context, HttpResponseStatus.BAD_REQUEST);
        return;
      }
      reading = !(message instanceof LastHttpContent);
    }
    context.fireChannelRead(message);
  }

  private static boolean hasBody(HttpRequest request) {
    String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    return request.decoderResult().isFailure()
        || length != null && !length.equals("0")
        || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  /** Responds to a request that has no response yet, and closes the connection. */
  void reject(ChannelHandlerContext context, HttpResponseStatus status) {
    if (closing) {
      return;
    }
    closing = true;
    if (!awaitsClient()) {
      context.close();
      return;
    }
    FullHttpResponse response =
        problemResponse(status, HttpVersion.HTTP_1_1, HeadersMultiMap.httpHeaders());
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(response).addListener(sent -> context.close());
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (closing && !responding && message instanceof HttpObject) {
      // drop what follows the last response
      ReferenceCountUtil.release(message);
      promise.trySuccess();
      return;
    }
    Object sent = message;
    if (message instanceof HttpResponse response && response.status().code() >= MIN_FINAL) {
      sent = beginResponse(response);
    }
    if (sent instanceof LastHttpContent) {
      responding = false;
      unfinished--;
      if (closing) {
        ChannelFutureListener close = done -> context.close();
        context.write(sent, promise.unvoid()).addListener(close);
        return;
      }
    }
    context.write(sent, promise);
  }

  private HttpResponse beginResponse(HttpResponse response) {
    responding = true;
    int status = response.status().code();
    HttpHeaders headers = response.headers();
    HttpResponse sent = status < MIN_ERROR ? response : asProblem(response);
    boolean unauthorized = status == HttpResponseStatus.UNAUTHORIZED.code();
    boolean unread = reading && unfinished <= 1;
    if (unauthorized || unread) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      closing = true;
    } else {
      closing = headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
    return sent;
  }

  private HttpResponse asProblem(HttpResponse response) {
    securityHeaders.addMissing(response.headers());
    // with pipelined requests the fields describe the latest one, not the one of this response
    if (!(response instanceof FullHttpResponse full)
        || unfinished > 1
        || response.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
      return response;
    }
    full.release();
    return problemResponse(response.status(), response.protocolVersion(), response.headers());
  }

  private FullHttpResponse problemResponse(
      HttpResponseStatus status, HttpVersion version, HttpHeaders headers) {
    String detail = problem == null ? detail(status.code()) : problem;
    byte[] json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(
                HttpResponseStatus.valueOf(status.code()).reasonPhrase(), status.code(), detail)
            .getBytes(StandardCharsets.UTF_8);
    securityHeaders.addMissing(headers);
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length));
    ByteBuf body = headRequest ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(json);
    boolean supported =
        version.equals(HttpVersion.HTTP_1_0) || version.equals(HttpVersion.HTTP_1_1);
    return new DefaultFullHttpResponse(
        supported ? version : HttpVersion.HTTP_1_1,
        status,
        body,
        headers,
        HeadersMultiMap.httpHeaders());
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The URL, a header or the framing of the request is malformed";
      case 404 -> "Nothing is served at this path";
      case 405 -> "The path does not support this method";
      case 406 -> "The path has none of the media types in the header Accept";
      case 408 -> "The request did not arrive in time";
      case 413 -> "The body is larger than the limit of this path";
      case 414 -> "The URL is too long";
      case 415 -> "The path does not accept this Content-Type";
      case 431 -> "The headers are too large or too many";
      case 502, 503, 504 -> "A service behind the relay does not respond";
      default -> "See the relay's log";
    };
  }
}
