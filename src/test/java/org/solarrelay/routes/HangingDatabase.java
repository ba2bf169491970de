package org.solarrelay.routes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** A database that accepts connections and, while it hangs, does not respond. */
final class HangingDatabase {

  private final DataSource real;
  private volatile CountDownLatch response = new CountDownLatch(0);
  private volatile boolean asked;

  HangingDatabase(DataSource real) {
    this.real = real;
  }

  void hang() {
    asked = false;
    response = new CountDownLatch(1);
  }

  void respond() {
    response.countDown();
  }

  /** Whether a call hangs. */
  boolean isAsked() {
    return asked;
  }

  DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              CountDownLatch response = this.response;
              asked |= response.getCount() > 0;
              response.await();
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
