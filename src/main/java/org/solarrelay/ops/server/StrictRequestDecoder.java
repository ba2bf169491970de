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
 * Reads requests as Vert.x does, and refuses what a proxy in front may read otherwise (RFC 9112):
 * folded header lines, control characters in the request line, another number of {@code Host} than
 * one, a {@code Transfer-Encoding} that is not {@code chunked} alone. Netty itself refuses the
 * rest. Once refused, a connection's further bytes are dropped.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  /** Each header costs some 150 bytes of heap, however short it is. */
  private static final int MOST_HEADERS = 100;

  private static final byte[] HOST = {'h', 'o', 's', 't', ':'};
  private static final byte[] VERSION = {' ', 'H', 'T', 'T', 'P', '/'};

  /** A digit, a dot, a digit and a carriage return. */
  private static final int VERSION_REST = 4;

  private static final int LOWER_CASE = 0x20;
  private static final byte LINE_FEED = '\n';

  /** Where {@link #scan} goes on, counted from the first byte that is not parsed yet. */
  private int scanned;

  private boolean headScanned;
  private int lines;
  private int hosts;
  private boolean refused;

  StrictRequestDecoder(HttpServerOptions limits) {
    super(limits);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    RuntimeException flaw = headScanned ? null : scan(in);
    if (flaw != null) {
      refuse(createMessage(new String[] {"GET", "/", "HTTP/1.1"}), flaw, in, out);
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
    if (!refused) {
      super.decodeLast(context, in, out);
    }
  }

  private void check(ByteBuf in, List<Object> out) {
    if (out.get(0) instanceof HttpRequest request) {
      if (request.decoderResult().isFailure()) {
        refused = true;
        return;
      }
      String flaw = flaw(request);
      if (flaw != null) {
        out.clear();
        refuse(request, new AmbiguousRequestException(flaw), in, out);
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

  private void refuse(HttpMessage request, RuntimeException flaw, ByteBuf in, List<Object> out) {
    refused = true;
    request.setDecoderResult(DecoderResult.failure(flaw));
    in.skipBytes(in.readableBytes());
    out.add(request);
  }

  /**
   * Looks at the raw lines of a head, as far as they are complete: parsing hides how they began.
   */
  private RuntimeException scan(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex() + scanned;
    if (lines == 0) {
      at = afterBlanks(in, at, end);
    }
    int lineEnd = in.indexOf(at, end, LINE_FEED);
    while (lineEnd >= 0 && !headScanned) {
      RuntimeException flaw = lines == 0 ? requestLine(in, at, lineEnd) : header(in, at, lineEnd);
      if (flaw != null) {
        return flaw;
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
    if (lines > MOST_HEADERS) {
      return new TooLongHttpHeaderException("more than %d headers".formatted(MOST_HEADERS));
    }
    if (isHost(in, from, lineEnd)) {
      hosts++;
    }
    return null;
  }

  /** Parsing skips blanks before a request, too. */
  private static int afterBlanks(ByteBuf in, int from, int end) {
    int at = from;
    while (at < end && in.getByte(at) <= ' ' && in.getByte(at) >= 0) {
      at++;
    }
    return at;
  }

  private static RuntimeException requestLine(ByteBuf in, int from, int lineEnd) {
    for (int at = from; at < lineEnd; at++) {
      byte one = in.getByte(at);
      if (one >= 0 && one < ' ' && !(one == '\r' && at == lineEnd - 1)) {
        return new AmbiguousRequestException("The request line holds a control character");
      }
    }
    return endsWithVersion(in, from, lineEnd)
        ? null
        : new AmbiguousRequestException("The request line does not end with the version of HTTP");
  }

  /** In upper case, where parsing takes any. */
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
      byte one = in.getByte(from + i);
      if (one != HOST[i] && (one | LOWER_CASE) != HOST[i]) {
        return false;
      }
    }
    return true;
  }

  /** A comma comes of a proxy that joins two headers. */
  private static boolean isOneHost(String host) {
    return !host.isEmpty() && host.indexOf(',') < 0 && HostAndPortImpl.isValidAuthority(host);
  }

  private static String flaw(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return "Only the versions 1.1 and 1.0 of HTTP are spoken here";
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host == null ? current : !isOneHost(host)) {
      return "The header Host is missing or names no host";
    }
    if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
        return "The header Transfer-Encoding may say chunked, and nothing else";
      }
    }
    return null;
  }
}
