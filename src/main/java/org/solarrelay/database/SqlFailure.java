package org.solarrelay.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Classifies a failure of work on the database. The data is at fault, and no retry helps; or the
 * database is away, and a later retry may succeed. The SQL state decides. A failure that is no
 * {@link SQLException} is one of mapping or serialisation, so the data is at fault.
 *
 * <p>Class 42 (syntax error or access rule violation) is special, because a missing privilege fails
 * every statement. A missing table, column or function depends on no value: {@link #AWAY}. The
 * other states of class 42 are {@link #UNCLEAR}: {@link SchemaProbe} decides.
 */
public enum SqlFailure {
  /** The values cannot be stored, now or later. */
  DATA,
  /** The data is at fault where the schema is complete, else the database. */
  UNCLEAR,
  /** The same work may succeed later. */
  AWAY;

  private static final String UNSTORABLE = "the ledger cannot store it";
  private static final int DEEPEST = 50;

  /** Unreachable or stopping; outweighs every other state in a chain. */
  private static final Set<String> CONNECTION = Set.of("08", "57");

  private static final Set<String> DATA_CLASSES =
      // cardinality, data, constraint, check option, program limit; 07 is the driver's conversion
      Set.of("07", "21", "22", "23", "44", "54");

  /** Undefined table, column, function: the same for every value. */
  private static final Set<String> STRUCTURE = Set.of("42P01", "42703", "42883");

  /** Access rules, and errors that a trigger raises. */
  private static final Set<String> UNCLEAR_CLASSES = Set.of("42", "P0", "38", "39");

  /** Classifies a failure with all its causes and the exceptions that a batch chains to it. */
  public static SqlFailure of(Throwable failure) {
    List<SQLException> chain = chain(failure);
    if (chain.isEmpty()) {
      return DATA;
    }
    if (chain.stream().anyMatch(SqlFailure::isConnection)) {
      return AWAY;
    }
    List<SqlFailure> kinds = chain.stream().map(SqlFailure::byState).toList();
    return kinds.contains(DATA) ? DATA : kinds.contains(UNCLEAR) ? UNCLEAR : AWAY;
  }

  /** Why the ledger cannot store an item: a sentence without any of the item's values. */
  public static String reason(Throwable failure) {
    // the server's own message names table and column, which a batch's exception does not
    return chain(failure).stream()
        .filter(one -> byState(one) != AWAY)
        .max(Comparator.comparing(one -> server(one) != null))
        .map(one -> "%s: %s (SQL state %s)".formatted(UNSTORABLE, cause(one), state(one)))
        .orElse(UNSTORABLE + ": one of its values does not fit");
  }

  private static ServerErrorMessage server(SQLException failure) {
    return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
  }

  private static String cause(SQLException failure) {
    String place = place(server(failure));
    String state = state(failure);
    return switch (state) {
      case "23502" -> "%s must have a value".formatted(place);
      case "23503" -> "it refers to a row that does not exist, in %s".formatted(place);
      case "23505" -> "%s holds the same value already".formatted(place);
      case "22001" -> "a text is too long for %s".formatted(place);
      case "22003", "22008" -> "a number or a time is out of range";
      case "22021", "22P05" -> "it holds a character that PostgreSQL cannot store";
      default ->
          switch (state.substring(0, 2)) {
            case "54" -> "a value is too large for %s".formatted(place);
            case "23", "44" -> "it breaks a rule of %s".formatted(place);
            case "42" -> "PostgreSQL denies access to %s".formatted(place);
            default -> "PostgreSQL rejects one of its values";
          };
    };
  }

  private static String place(ServerErrorMessage server) {
    String place =
        server == null
            ? ""
            : Stream.of(server.getTable(), server.getColumn())
                .filter(Objects::nonNull)
                .reduce((table, column) -> table + "." + column)
                .orElse("");
    return place.isEmpty() ? "a table of the ledger" : place;
  }

  private static boolean isConnection(SQLException failure) {
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLNonTransientConnectionException
        || CONNECTION.contains(state(failure).substring(0, 2));
  }

  private static SqlFailure byState(SQLException failure) {
    String state = state(failure);
    String sqlClass = state.substring(0, 2);
    if (DATA_CLASSES.contains(sqlClass)) {
      return DATA;
    }
    return UNCLEAR_CLASSES.contains(sqlClass) && !STRUCTURE.contains(state) ? UNCLEAR : AWAY;
  }

  /** Five characters; zeros where the driver or the pool gives none, as for a time-out. */
  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.length() < 2 ? "00000" : state;
  }

  private static List<SQLException> chain(Throwable failure) {
    List<SQLException> chain = new ArrayList<>();
    collect(failure, chain, Collections.newSetFromMap(new IdentityHashMap<>()));
    return chain;
  }

  private static void collect(Throwable failure, List<SQLException> chain, Set<Throwable> seen) {
    if (failure == null || seen.size() >= DEEPEST || !seen.add(failure)) {
      return;
    }
    if (failure instanceof SQLException sql) {
      chain.add(sql);
      collect(sql.getNextException(), chain, seen);
    }
    collect(failure.getCause(), chain, seen);
  }
}
