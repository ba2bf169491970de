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
 * A response's body as the blocking client reads it: no more of it than its limit, and a long one
 * only with a permit. What stands beyond is never read; its connection is closed.
 */
final class BoundedBody extends InputStream implements BufferedBody {

  /** What needs no permit. */
  private static final int SMALL = 1 << 16;

  /** What happens at the limit. */
  enum AtLimit {
    /** The body ends there. */
    END,
    /** Reading fails there. */
    FAIL
  }

  private final InputStream body;
  private final int limit;
  private final AtLimit atLimit;
  private final ResponsePermits permits;
  private final Duration longestWait;
  private final ExecRuntime connection;
  private int length;
  private boolean ended;
  private boolean permitted;

  private BoundedBody(
      InputStream body,
      int limit,
      AtLimit atLimit,
      ResponsePermits permits,
      Duration longestWait,
      ExecRuntime connection) {
    this.body = body;
    this.limit = limit;
    this.atLimit = atLimit;
    this.permits = permits;
    this.longestWait = longestWait;
    this.connection = connection;
  }

  /**
   * The entity with such a body.
   *
   * @param longestWait for a permit
   * @param connection that the body arrives on
   */
  static HttpEntity of(
      HttpEntity entity,
      int limit,
      AtLimit atLimit,
      ResponsePermits permits,
      Duration longestWait,
      ExecRuntime connection)
      throws IOException {
    BoundedBody bounded =
        new BoundedBody(entity.getContent(), limit, atLimit, permits, longestWait, connection);
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
    int fitting = Math.min(read, limit - length);
    length += fitting;
    if (length > SMALL) {
      takePermit();
    }
    if (fitting == read) {
      return read;
    }
    close();
    if (atLimit == AtLimit.FAIL) {
      throw new IOException("The answer is longer than " + limit + " bytes");
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
              // one that was granted at this very moment
              || !permits.cancel(grant);
    } catch (InterruptedException e) {
      permitted = !permits.cancel(grant);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The call was interrupted");
    }
    if (!permitted) {
      throw new IOException("There was no room for a long answer within " + longestWait);
    }
  }

  @Override
  public synchronized void release() {
    if (permitted) {
      permitted = false;
      permits.release();
    }
  }

  /** Closing the body itself would read the rest of it. */
  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      connection.discardEndpoint();
    }
  }
}
