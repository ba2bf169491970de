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
 * Makes every error a response like all others: problem+json where Vert.x or Quarkus say nothing,
 * with the security headers. Closes the connection behind a response that says so, that refuses the
 * sender (401), or whose request is not read to its end. Stands between Vert.x and the codec of a
 * connection.
 */
final class ProblemResponseHandler extends ChannelDuplexHandler {

  private static final int FIRST_ERROR = 400;
  private static final int FIRST_FINAL = 200;

  private final SecurityHeaders securityHeaders;
  private int unanswered;
  private boolean reading;
  private boolean responding;
  private boolean closing;
  private boolean head;
  private String flaw;

  ProblemResponseHandler(SecurityHeaders securityHeaders) {
    this.securityHeaders = securityHeaders;
  }

  /** Whether the request that came last has not arrived to its end, or cannot be read. */
  boolean hasUnreadRequest() {
    return reading;
  }

  /** Whether a client is late, not the relay: what it sends next is awaited. */
  boolean awaitsClient() {
    return !responding && (unanswered == 0 || unanswered == 1 && reading);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
      reading = false;
    } else if (message instanceof HttpRequest request) {
      unanswered++;
      reading = hasBody(request);
      head = request.method().equals(HttpMethod.HEAD);
      flaw =
          request.decoderResult().cause() instanceof AmbiguousRequestException ambiguous
              ? ambiguous.getMessage()
              : null;
    } else if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        refuse(context, HttpResponseStatus.BAD_REQUEST);
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

  /** Ends a request that the program behind has not answered, and the connection. */
  void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    if (closing) {
      return;
    }
    closing = true;
    if (!awaitsClient()) {
      context.close();
      return;
    }
    FullHttpResponse response =
        problem(status, HttpVersion.HTTP_1_1, HeadersMultiMap.httpHeaders());
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(response).addListener(sent -> context.close());
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (closing && !responding && message instanceof HttpObject) {
      // nothing follows the last response
      ReferenceCountUtil.release(message);
      promise.trySuccess();
      return;
    }
    Object sent = message;
    if (message instanceof HttpResponse response && response.status().code() >= FIRST_FINAL) {
      sent = begin(response);
    }
    if (sent instanceof LastHttpContent) {
      responding = false;
      unanswered--;
      if (closing) {
        ChannelFutureListener close = done -> context.close();
        context.write(sent, promise.unvoid()).addListener(close);
        return;
      }
    }
    context.write(sent, promise);
  }

  private HttpResponse begin(HttpResponse response) {
    responding = true;
    int status = response.status().code();
    HttpHeaders headers = response.headers();
    HttpResponse sent = status < FIRST_ERROR ? response : asProblem(response);
    boolean refusal = status == HttpResponseStatus.UNAUTHORIZED.code();
    boolean unread = reading && unanswered <= 1;
    if (refusal || unread) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      closing = true;
    } else {
      closing = headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
    return sent;
  }

  private HttpResponse asProblem(HttpResponse response) {
    securityHeaders.complete(response.headers());
    // while requests wait in line, what is known of the last is not known of this one
    if (!(response instanceof FullHttpResponse full)
        || unanswered > 1
        || response.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
      return response;
    }
    full.release();
    return problem(response.status(), response.protocolVersion(), response.headers());
  }

  private FullHttpResponse problem(
      HttpResponseStatus status, HttpVersion version, HttpHeaders headers) {
    String detail = flaw == null ? detail(status.code()) : flaw;
    byte[] json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(
                HttpResponseStatus.valueOf(status.code()).reasonPhrase(), status.code(), detail)
            .getBytes(StandardCharsets.UTF_8);
    securityHeaders.complete(headers);
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length));
    ByteBuf body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(json);
    boolean spoken = version.equals(HttpVersion.HTTP_1_0) || version.equals(HttpVersion.HTTP_1_1);
    return new DefaultFullHttpResponse(
        spoken ? version : HttpVersion.HTTP_1_1,
        status,
        body,
        headers,
        HeadersMultiMap.httpHeaders());
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The URL, a header or the framing of the request is malformed";
      case 404 -> "Nothing is served at this path";
      case 405 -> "The path does not take this method";
      case 406 -> "The path has nothing of the media types in the header Accept";
      case 408 -> "The request did not arrive in time";
      case 413 -> "The body is larger than the path takes";
      case 414 -> "The URL is too long";
      case 415 -> "The path does not take this Content-Type";
      case 431 -> "The headers are too large or too many";
      case 502, 503, 504 -> "A service behind the relay does not respond";
      default -> "See the relay's log";
    };
  }
}
