package org.solarrelay.delivery.queue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.common.utils.Utils;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;
import org.solarrelay.database.MigrationTransaction;
import org.solarrelay.standalone.LocalPostgres;
import org.solarrelay.standalone.PostgresTemplate;

/**
 * Creates databases with the relay's tables and no rows: copies of one that Flyway has migrated, on
 * one PostgreSQL server per JVM.
 */
public final class QueueDatabase {

  private static final String MIGRATED = "migrated";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static LocalPostgres server;

  private QueueDatabase() {}

  /** A pool of connections, which the caller closes. */
  public static AgroalDataSource create() throws SQLException, IOException {
    startServer();
    String name = "queue_" + COUNT.incrementAndGet();
    execute("create database %s template %s".formatted(name, MIGRATED));
    return pool(name);
  }

  /** Creates a database without tables. Each request opens a new connection. */
  static PGSimpleDataSource createEmpty() throws SQLException, IOException {
    startServer();
    String name = "empty_" + COUNT.incrementAndGet();
    execute("create database " + name);
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url(name));
    database.setUser(server.user());
    database.setPassword(server.password());
    return database;
  }

  private static synchronized void startServer() throws SQLException, IOException {
    if (server != null) {
      return;
    }
    Path dir = Files.createTempDirectory("queue");
    LocalPostgres started = PostgresTemplate.start(dir, 0);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, dir)));
    server = started;
    // these tests kill no server, so commits need not survive one
    execute("alter system set fsync = off");
    execute("alter system set full_page_writes = off");
    execute("select pg_reload_conf()");
    execute("create database " + MIGRATED);
    try (AgroalDataSource pool = pool(MIGRATED)) {
      flyway(pool).migrate();
    }
  }

  /** Flyway as the relay configures it. */
  static Flyway flyway(DataSource database) {
    FluentConfiguration flyway = Flyway.configure().dataSource(database);
    new MigrationTransaction().customize(flyway);
    return flyway.load();
  }

  private static void stop(LocalPostgres started, Path dir) {
    try {
      started.close();
      Utils.delete(dir.toFile());
    } catch (IOException e) {
      System.err.println("left behind: " + dir);
    }
  }

  private static void execute(String sql) throws SQLException, IOException {
    try (AgroalDataSource pool = pool("postgres");
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static AgroalDataSource pool(String name) throws SQLException, IOException {
    String url = url(name);
    SimplePassword password = new SimplePassword(server.password());
    var settings = new AgroalDataSourceConfigurationSupplier();
    settings.connectionPoolConfiguration(
        pool ->
            pool.maxSize(8)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .connectionFactoryConfiguration(
                    factory ->
                        factory
                            .jdbcUrl(url)
                            .jdbcProperty("reWriteBatchedInserts", "true")
                            .jdbcProperty("logServerErrorDetail", "false")
                            .principal(new NamePrincipal(server.user()))
                            .credential(password)));
    return AgroalDataSource.from(settings);
  }

  private static String url(String name) {
    return server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
  }
}
