package org.solarrelay.delivery.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.io.IOException;

/**
 * Limits a response body that the Vert.x client reads. The rest of a longer body is read and
 * dropped, or passed to a {@link ResponseReader}. A body over 64 KiB holds a permit until {@link
 * #release}.
 */
class BoundedBodyCodec implements BodyCodec<Buffer>, BufferedBody {

  static final int LONGEST = 1 << 20;

  /** Bytes that need no permit. */
  private static final int SMALL = 1 << 16;

  /** The maximum number of bytes that are read and dropped. A longer response fails. */
  private static final long LONGEST_CUT = 16 << 20;

  private final int longest;
  private final ResponseReader reader;
  private final ResponsePermits permits;
  private final Stream stream = new Stream();
  private volatile long cutOff;

  /**
   * @param longest bytes to keep
   * @param reader receives a longer body; null where the rest is dropped
   */
  BoundedBodyCodec(int longest, ResponseReader reader, ResponsePermits permits) {
    this.longest = longest;
    this.reader = reader;
    this.permits = permits;
  }

  /** Whether the rest of the response was dropped. */
  boolean isCut() {
    return cutOff > 0;
  }

  IOException tooLong() {
    return new IOException("The response is longer than " + longest + " bytes");
  }

  @Override
  public void release() {
    stream.release();
  }

  @Override
  public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
    handler.handle(Future.succeededFuture(stream));
  }

  private enum Permit {
    NONE,
    AWAITED,
    HELD,
    RELEASED
  }

  private class Stream implements BodyStream<Buffer> {

    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> result = Promise.promise();
    private final Runnable granted = this::granted;
    private boolean streaming;
    private Permit permit = Permit.NONE;
    private Context context;
    private Handler<Void> onDrain;

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
      try {
        if (!streaming && !isCut() && body.length() + data.length() <= longest) {
          body.appendBuffer(data);
          takePermit();
        } else {
          takeRest(data);
        }
        return Future.succeededFuture();
      } catch (IOException e) {
        result.tryFail(e);
        return Future.failedFuture(e);
      }
    }

    private void takeRest(Buffer data) throws IOException {
      if (reader == null) {
        cutOff += data.length();
        if (cutOff > LONGEST_CUT) {
          throw tooLong();
        }
        return;
      }
      if (!streaming) {
        streaming = true;
        reader.read(body.getBytes());
      }
      reader.read(data.getBytes());
    }

    private synchronized void takePermit() {
      if (permit == Permit.NONE && body.length() > SMALL) {
        context = Vertx.currentContext();
        permit = Permit.AWAITED;
        if (permits.take(granted)) {
          permit = Permit.HELD;
        }
      }
    }

    private void granted() {
      Handler<Void> drain;
      synchronized (this) {
        if (permit == Permit.RELEASED) {
          drain = null;
        } else {
          permit = Permit.HELD;
          drain = onDrain;
        }
      }
      if (permit == Permit.RELEASED) {
        permits.release();
      } else if (drain != null && context != null) {
        context.runOnContext(drain);
      } else if (drain != null) {
        drain.handle(null);
      }
    }

    private void release() {
      boolean held;
      synchronized (this) {
        held = permit == Permit.HELD;
        if (permit == Permit.AWAITED) {
          // a permit granted at this moment is released in granted()
          permits.cancel(granted);
        }
        permit = Permit.RELEASED;
      }
      if (held) {
        permits.release();
      }
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
      write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
      // null stands for no body, as in Vert.x's own codecs
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
    public synchronized boolean writeQueueFull() {
      return permit == Permit.AWAITED;
    }

    @Override
    public Stream drainHandler(Handler<Void> handler) {
      boolean drained;
      synchronized (this) {
        onDrain = handler;
        drained = permit != Permit.AWAITED;
      }
      if (drained && handler != null) {
        // the permit was granted between the write and this call
        handler.handle(null);
      }
      return this;
    }
  }
}
