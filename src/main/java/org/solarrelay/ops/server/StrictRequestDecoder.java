package org.solarrelay.ops.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.HostAndPortImpl;
import java.util.List;

/**
 * Decodes requests like Vert.x and rejects requests that a proxy may parse differently (RFC 9112):
 * folded header lines, control characters in the request line, no or several {@code Host} headers,
 * a {@code Transfer-Encoding} other than {@code chunked}. Netty rejects other malformed requests.
 * Drops all bytes of a connection after a rejected request.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  /** Each header takes about 150 bytes of heap, even an empty one. */
  private static final int MAX_HEADERS = 100;

  private static final byte[] HOST = {'h', 'o', 's', 't', ':'};
  private static final byte[] VERSION = {' ', 'H', 'T', 'T', 'P', '/'};

  /** A digit, a dot, a digit and a carriage return. */
  private static final int VERSION_REST = 4;

  private static final int LOWER_CASE = 0x20;
  private static final byte LINE_FEED = '\n';

  /** The offset at which {@link #scan} continues, from the first byte that is not parsed yet. */
  private int scanned;

  private boolean headScanned;
  private int lines;
  private int hosts;
  private boolean rejected;

  StrictRequestDecoder(HttpServerOptions limits) {
    super(limits);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (rejected) {
      in.skipBytes(in.readableBytes());
      return;
    }
    RuntimeException problem = headScanned ? null : scan(in);
    if (problem != null) {
      reject(createMessage(new String[] {"GET", "/", "HTTP/1.1"}), problem, in, out);
      return;
    }
    int before = in.readableBytes();
    super.decode(context, in, out);
    scanned = Math.max(0, scanned - (before - in.readableBytes()));
    if (!out.isEmpty()) {
      check(in, out);
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (!rejected) {
      super.decodeLast(context, in, out);
    }
  }

  private void check(ByteBuf in, List<Object> out) {
    if (out.get(0) instanceof HttpRequest request) {
      if (request.decoderResult().isFailure()) {
        rejected = true;
        return;
      }
      String problem = problem(request);
      if (problem != null) {
        out.clear();
        reject(request, new AmbiguousRequestException(problem), in, out);
        return;
      }
    }
    if (out.get(out.size() - 1) instanceof LastHttpContent) {
      scanned = 0;
      headScanned = false;
      lines = 0;
      hosts = 0;
    }
  }

  private void reject(HttpMessage request, RuntimeException problem, ByteBuf in, List<Object> out) {
    rejected = true;
    request.setDecoderResult(DecoderResult.failure(problem));
    in.skipBytes(in.readableBytes());
    out.add(request);
  }

  /**
   * Checks the complete raw lines of a head, because parsing loses how they begin.
   *
   * @return the problem; null if there is none so far
   */
  private RuntimeException scan(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex() + scanned;
    if (lines == 0) {
      at = skipBlanks(in, at, end);
    }
    int lineEnd = in.indexOf(at, end, LINE_FEED);
    while (lineEnd >= 0 && !headScanned) {
      RuntimeException problem =
          lines == 0 ? requestLine(in, at, lineEnd) : header(in, at, lineEnd);
      if (problem != null) {
        return problem;
      }
      lines++;
      at = lineEnd + 1;
      lineEnd = in.indexOf(at, end, LINE_FEED);
    }
    scanned = at - in.readerIndex();
    return null;
  }

  private RuntimeException header(ByteBuf in, int from, int lineEnd) {
    byte first = in.getByte(from);
    if (first == '\r' || first == LINE_FEED) {
      headScanned = true;
      return hosts > 1 ? new AmbiguousRequestException("There is more than one Host") : null;
    }
    if (first == ' ' || first == '\t') {
      return new AmbiguousRequestException("A header line begins with white space");
    }
    if (first == ':') {
      return new AmbiguousRequestException("A header has no name");
    }
    if (lines > MAX_HEADERS) {
      return new TooLongHttpHeaderException("more than %d headers".formatted(MAX_HEADERS));
    }
    if (isHost(in, from, lineEnd)) {
      hosts++;
    }
    return null;
  }

  /** Skips blanks before a request, as parsing does. */
  private static int skipBlanks(ByteBuf in, int from, int end) {
    int at = from;
    while (at < end && in.getByte(at) <= ' ' && in.getByte(at) >= 0) {
      at++;
    }
    return at;
  }

  private static RuntimeException requestLine(ByteBuf in, int from, int lineEnd) {
    for (int at = from; at < lineEnd; at++) {
      byte character = in.getByte(at);
      if (character >= 0 && character < ' ' && !(character == '\r' && at == lineEnd - 1)) {
        return new AmbiguousRequestException("The request line has a control character");
      }
    }
    return endsWithVersion(in, from, lineEnd)
        ? null
        : new AmbiguousRequestException("The request line does not end with the version of HTTP");
  }

  /** Whether the line ends with {@code HTTP/x.y} in upper case; parsing accepts lower case. */
  private static boolean endsWithVersion(ByteBuf in, int from, int lineEnd) {
    int start = lineEnd - VERSION.length - VERSION_REST;
    if (start < from) {
      return false;
    }
    for (int i = 0; i < VERSION.length; i++) {
      if (in.getByte(start + i) != VERSION[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHost(ByteBuf in, int from, int end) {
    if (end - from < HOST.length) {
      return false;
    }
    for (int i = 0; i < HOST.length; i++) {
      byte character = in.getByte(from + i);
      if (character != HOST[i] && (character | LOWER_CASE) != HOST[i]) {
        return false;
      }
    }
    return true;
  }

  /** False for a list with commas: a proxy may join two headers into one. */
  private static boolean isOneHost(String host) {
    return !host.isEmpty() && host.indexOf(',') < 0 && HostAndPortImpl.isValidAuthority(host);
  }

  private static String problem(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return "The relay supports HTTP 1.1 and 1.0 only";
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host == null ? current : !isOneHost(host)) {
      return "The header Host is missing or names no host";
    }
    if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
        return "The header Transfer-Encoding must be chunked";
      }
    }
    return null;
  }
}
