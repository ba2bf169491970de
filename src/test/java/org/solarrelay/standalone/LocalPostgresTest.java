package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
  @TempDir Path dir;

  @Test
  void dataSurviveARestartOnTheSameDirectory() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir, 0)) {
      execute(postgres, "CREATE TABLE kept AS SELECT 'a delivery' AS what");
    }
    try (LocalPostgres postgres = LocalPostgres.start(dir, 0)) {
      assertThat(query(postgres, "SELECT what FROM kept")).isEqualTo("a delivery");
      assertThat(query(postgres, "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void anOrphanedServerIsStoppedAndReplaced() throws Exception {
    LocalPostgres orphan = PostgresTemplate.start(dir, 0);
    execute(orphan, "CREATE TABLE kept AS SELECT 'a delivery' AS what");

    try (LocalPostgres postgres = LocalPostgres.start(dir, 0)) {
      assertThat(postgres.jdbcUrl()).isNotEqualTo(orphan.jdbcUrl());
      assertThat(query(postgres, "SELECT what FROM kept")).isEqualTo("a delivery");
      assertThatThrownBy(() -> query(orphan, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aPidFileOfAnotherProgramDoesNotPreventTheStart() throws Exception {
    PostgresTemplate.start(dir, 0).close();
    Path pidFile = dir.resolve("cluster/postmaster.pid");
    Files.writeString(
        pidFile, ProcessHandle.current().pid() + "\n" + dir.resolve("cluster") + "\n");

    try (LocalPostgres postgres = LocalPostgres.start(dir, 0)) {
      assertThat(query(postgres, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void aLoginWithoutThePasswordFails() throws Exception {
    try (LocalPostgres postgres = PostgresTemplate.start(dir, 0)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
          .hasMessageContaining("password authentication failed");
    }
  }

  private static void execute(LocalPostgres postgres, String sql) throws SQLException, IOException {
    try (Connection connection = connect(postgres)) {
      connection.createStatement().execute(sql);
    }
  }

  private static String query(LocalPostgres postgres, String sql) throws SQLException, IOException {
    try (Connection connection = connect(postgres);
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(LocalPostgres postgres) throws SQLException, IOException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
