package org.solarrelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {

  /** What the driver is asked to do, without what follows from it. */
  private final List<String> calls = new ArrayList<>();

  private final PreparedStatement statement =
      proxy(
          PreparedStatement.class,
          (method, arguments) -> {
            calls.add(method + arguments);
            return switch (method) {
              case "executeUpdate" -> 1;
              case "executeBatch" -> new int[] {2, Statement.SUCCESS_NO_INFO};
              default -> null;
            };
          });

  private final Connection connection =
      proxy(
          Connection.class,
          (method, arguments) -> {
            calls.add(arguments.get(0).toString());
            return statement;
          });

  @Test
  void aNameMayStandInTheTextMoreThanOnce() throws SQLException {
    Sql.of("select :a, :b, :a")
        .update(connection, parameters -> parameters.set("a", 7L).set("b", "x"));

    assertThat(calls)
        .containsExactly(
            "select ?, ?, ?",
            "setLong[1, 7]",
            "setLong[3, 7]",
            "setString[2, x]",
            "executeUpdate[]",
            "close[]");
  }

  @Test
  void castsTextsAndQuotedIdentifiersHoldNoNames() throws SQLException {
    String text = "select ':no ?', \":no\", :a::text[], '10:30'::time where b[1:2] = '{}'";

    Sql.of(text).update(connection, parameters -> parameters.set("a", "x"));

    assertThat(calls.get(0))
        .isEqualTo("select ':no ?', \":no\", ?::text[], '10:30'::time where b[1:2] = '{}'");
    assertThat(Sql.of(text)).hasToString(text);
  }

  @Test
  void nullHasTheSqlTypeOfItsParameter() throws SQLException {
    String reason = null;
    Integer status = null;

    Sql.of("select :reason, :status")
        .update(connection, parameters -> parameters.set("reason", reason).set("status", status));

    assertThat(calls).contains("setString[1, null]", "setObject[2, null, 4]");
  }

  @Test
  void aBatchIsExecutedOnceAndNotAtAllWithoutItems() throws SQLException {
    Sql insert = Sql.of("insert into t values (:a)");

    assertThat(insert.batch(connection, List.of("x", "y"), (row, item) -> row.set("a", item)))
        .isEqualTo(2);
    assertThat(insert.batch(connection, List.<String>of(), (row, item) -> row.set("a", item)))
        .isZero();

    assertThat(calls)
        .containsExactly(
            "insert into t values (?)",
            "setString[1, x]",
            "addBatch[]",
            "setString[1, y]",
            "addBatch[]",
            "executeBatch[]",
            "close[]");
  }

  @Test
  void aParameterWithoutANameIsRejected() {
    assertThatThrownBy(() -> Sql.of("select * from t where a = ?"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a parameter without a name in: select * from t where a = ?");
  }

  @Test
  void anUnknownNameIsRejectedAndTheStatementIsClosed() {
    Sql sql = Sql.of("select :a");

    assertThatThrownBy(() -> sql.update(connection, parameters -> parameters.set("b", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter b in: select :a");
    assertThat(calls).containsExactly("select ?", "close[]");
  }

  private interface Call {
    Object on(String method, List<Object> arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                call.on(
                    method.getName(), arguments == null ? List.of() : Arrays.asList(arguments))));
  }
}
