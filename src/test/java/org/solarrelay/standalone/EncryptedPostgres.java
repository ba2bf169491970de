package org.solarrelay.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that accepts TLS connections only. */
public final class EncryptedPostgres implements AutoCloseable {

  private final LocalPostgres postgres;

  private EncryptedPostgres(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  public static EncryptedPostgres start(Path dir, Certificates certificates) throws Exception {
    PostgresTemplate.copyTo(dir);
    Path cluster = dir.resolve("cluster");
    certificates.signed("postgres");
    for (String file : new String[] {"postgres.crt", "postgres.key"}) {
      Path own = Files.copy(certificates.file(file), cluster.resolve(file));
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
      Files.setOwner(own, Files.getOwner(cluster));
    }
    Files.writeString(
        cluster.resolve("postgresql.conf"),
        "\nssl = on\nssl_cert_file = 'postgres.crt'\nssl_key_file = 'postgres.key'\n",
        StandardOpenOption.APPEND);
    Path rules = cluster.resolve("pg_hba.conf");
    Files.writeString(rules, Files.readString(rules).replaceAll("(?m)^host(?=\\s)", "hostssl"));
    return new EncryptedPostgres(LocalPostgres.start(dir, 0));
  }

  /** The JDBC URL without TLS parameters. */
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  public String user() {
    return postgres.user();
  }

  public String password() throws IOException {
    return postgres.password();
  }

  /** Changes the password and closes all connections. */
  public void replacePassword(String before, String now) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl() + "?sslmode=require", user(), before);
        Statement statement = connection.createStatement()) {
      statement.execute("alter role \"%s\" password '%s'".formatted(user(), now));
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s' and pid <> pg_backend_pid()"
              .formatted(user()));
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
