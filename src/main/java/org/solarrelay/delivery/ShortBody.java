package org.solarrelay.delivery;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.io.IOException;

/** An answer's body, given up with an {@link IOException} once it is longer than a vendor's. */
class ShortBody implements BodyCodec<Buffer> {

  static final int LONGEST = 1 << 20;

  private final int longest;

  ShortBody(int longest) {
    this.longest = longest;
  }

  @Override
  public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
    handler.handle(Future.succeededFuture(new Stream()));
  }

  private class Stream implements BodyStream<Buffer> {

    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> result = Promise.promise();

    @Override
    public Future<Buffer> result() {
      return result.future();
    }

    @Override
    public void handle(Throwable failure) {
      result.tryFail(failure);
    }

    @Override
    public Future<Void> write(Buffer data) {
      if (body.length() + data.length() > longest) {
        IOException tooLong = new IOException("The answer is longer than " + longest + " bytes");
        result.tryFail(tooLong);
        return Future.failedFuture(tooLong);
      }
      body.appendBuffer(data);
      return Future.succeededFuture();
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
      write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
      // an absent body is null to Vert.x, as with its own codecs
      result.tryComplete(body.length() == 0 ? null : body);
      handler.handle(Future.succeededFuture());
    }

    @Override
    public Stream exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Stream setWriteQueueMaxSize(int maxSize) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }

    @Override
    public Stream drainHandler(Handler<Void> handler) {
      return this;
    }
  }
}
