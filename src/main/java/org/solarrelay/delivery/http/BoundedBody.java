package org.solarrelay.delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Limits a response body that the blocking client reads. A body over 64 KiB needs a permit. The
 * relay never reads bytes beyond the limit; it closes the connection instead.
 */
final class BoundedBody extends InputStream implements BufferedBody {

  /** Bytes that need no permit. */
  private static final int SMALL = 1 << 16;

  /** What happens at the limit. */
  private enum AtLimit {
    END,
    FAIL
  }

  /** The limit of a body, in bytes. */
  record Limit(int bytes, AtLimit atLimit) {

    /** The body ends at the limit. */
    static Limit endingAt(int bytes) {
      return new Limit(bytes, AtLimit.END);
    }

    /** Reading fails at the limit. */
    static Limit failingAt(int bytes) {
      return new Limit(bytes, AtLimit.FAIL);
    }
  }

  private final InputStream body;
  private final Limit limit;
  private final ResponsePermits permits;
  private final Duration longestWait;
  private final ExecRuntime connection;
  private int length;
  private boolean ended;
  private boolean permitted;

  private BoundedBody(
      InputStream body,
      Limit limit,
      ResponsePermits permits,
      Duration longestWait,
      ExecRuntime connection) {
    this.body = body;
    this.limit = limit;
    this.permits = permits;
    this.longestWait = longestWait;
    this.connection = connection;
  }

  /**
   * Wraps an entity so that its body is limited.
   *
   * @param longestWait longest wait for a permit
   * @param connection the connection that transfers the body
   */
  static HttpEntity of(
      HttpEntity entity,
      Limit limit,
      ResponsePermits permits,
      Duration longestWait,
      ExecRuntime connection)
      throws IOException {
    BoundedBody bounded =
        new BoundedBody(entity.getContent(), limit, permits, longestWait, connection);
    return new HttpEntityWrapper(entity) {
      @Override
      public InputStream getContent() {
        return bounded;
      }

      @Override
      public boolean isRepeatable() {
        return false;
      }
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (ended) {
      return -1;
    }
    int read = body.read(into, offset, most);
    if (read < 0) {
      ended = true;
      return -1;
    }
    int fitting = Math.min(read, limit.bytes - length);
    length += fitting;
    if (length > SMALL) {
      takePermit();
    }
    if (fitting == read) {
      return read;
    }
    close();
    if (limit.atLimit == AtLimit.FAIL) {
      throw new IOException("The response is longer than " + limit.bytes + " bytes");
    }
    return fitting == 0 ? -1 : fitting;
  }

  private synchronized void takePermit() throws IOException {
    if (permitted) {
      return;
    }
    CountDownLatch granted = new CountDownLatch(1);
    Runnable grant = granted::countDown;
    try {
      permitted =
          permits.take(grant)
              || granted.await(longestWait.toMillis(), TimeUnit.MILLISECONDS)
              // a permit granted at this moment
              || !permits.cancel(grant);
    } catch (InterruptedException e) {
      permitted = !permits.cancel(grant);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The call was interrupted");
    }
    if (!permitted) {
      throw new IOException("There was no memory for a long response within " + longestWait);
    }
  }

  @Override
  public synchronized void release() {
    if (permitted) {
      permitted = false;
      permits.release();
    }
  }

  /** Discards the connection, because closing the body itself would read it to its end. */
  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      connection.discardEndpoint();
    }
  }
}
