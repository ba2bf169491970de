package org.solarrelay.delivery.queue;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Ends all of its connections on the server's side as soon as they have made a durable change: a
 * commit with changes, or a statement outside a transaction. To the server this is a killed client.
 */
final class InterruptedDataSource extends PGSimpleDataSource {

  private static final Pattern QUERY =
      Pattern.compile("\\s*(/\\*.*?\\*/\\s*)?(select|show|set)\\b", CASE_INSENSITIVE | DOTALL);

  private final List<Integer> processes = new ArrayList<>();
  private boolean killed;

  InterruptedDataSource(PGSimpleDataSource database) {
    setUrl(database.getUrl());
    setUser(database.getUser());
    setPassword(database.getPassword());
  }

  boolean killed() {
    return killed;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("select pg_backend_pid()")) {
      row.next();
      processes.add(row.getInt(1));
    }
    return watched(connection);
  }

  private Connection watched(Connection connection) {
    AtomicBoolean changed = new AtomicBoolean();
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = call(connection, method, arguments);
          if (method.getName().equals("commit") && changed.get()) {
            kill();
          }
          if (result instanceof PreparedStatement statement) {
            return watched(PreparedStatement.class, statement, (String) arguments[0], changed);
          }
          return result instanceof Statement statement
              ? watched(Statement.class, statement, "", changed)
              : result;
        });
  }

  private <S extends Statement> S watched(
      Class<S> type, S statement, String prepared, AtomicBoolean changed) {
    return proxy(
        type,
        (method, arguments) -> {
          Object result = call(statement, method, arguments);
          String sql = arguments == null ? prepared : arguments[0].toString();
          if (method.getName().startsWith("execute") && !isQuery(sql)) {
            changed.set(true);
            if (statement.getConnection().getAutoCommit()) {
              kill();
            }
          }
          return result;
        });
  }

  private static boolean isQuery(String sql) {
    return QUERY.matcher(sql).lookingAt();
  }

  private void kill() throws SQLException {
    killed = true;
    try (Connection connection = super.getConnection();
        PreparedStatement end =
            connection.prepareStatement(
                "select pg_terminate_backend(pid, 10000) from unnest(?) pid")) {
      end.setArray(1, connection.createArrayOf("int", processes.toArray()));
      end.execute();
    }
    throw new KilledError();
  }

  /** Flyway does not retry after an error, as a killed process does not. */
  private static final class KilledError extends Error {}

  private interface Call {
    Object on(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.on(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
