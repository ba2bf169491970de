package org.solarrelay.dryrun;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Replaces the database: a dry run has none, and each call throws an exception. */
final class NoDatabase {

  private NoDatabase() {}

  static DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            NoDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              throw new SQLException("a dry run has no database");
            });
  }
}
