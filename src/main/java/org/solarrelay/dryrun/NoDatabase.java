package org.solarrelay.dryrun;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Stands for the ledger: a rehearsal has none. */
final class NoDatabase {

  private NoDatabase() {}

  static DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            NoDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              throw new SQLException("a rehearsal has no database");
            });
  }
}
