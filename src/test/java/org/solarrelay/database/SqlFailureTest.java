package org.solarrelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {

  @ParameterizedTest
  @ValueSource(strings = {"21000", "22001", "22021", "23502", "23505", "54000", "54001", "07006"})
  void theseStatesAreTheDatasFault(String state) {
    assertThat(SqlFailure.of(failure(state))).isEqualTo(SqlFailure.DATA);
    assertThat(SqlFailure.of(batch(failure(state)))).isEqualTo(SqlFailure.DATA);
    assertThat(SqlFailure.of(new IllegalStateException(failure(state)))).isEqualTo(SqlFailure.DATA);
    assertThat(SqlFailure.reason(batch(failure(state)))).contains("SQL state " + state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42501", "42804", "42601", "P0001"})
  void theseStatesDependOnTheSchema(String state) {
    assertThat(SqlFailure.of(failure(state))).isEqualTo(SqlFailure.UNCLEAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08003", "08006", "57014", "57P01", "57P03", "53100", "53300", "40001", "40P01", "55P03",
        "58030", "25006", "28P01", "3D000", "0A000", "XX000", "42P01", "42703", "42883", ""
      })
  void theseStatesMeanThatTheDatabaseIsAway(String state) {
    assertThat(SqlFailure.of(failure(state))).isEqualTo(SqlFailure.AWAY);
    assertThat(SqlFailure.of(batch(failure(state)))).isEqualTo(SqlFailure.AWAY);
  }

  @Test
  void aFailureWithoutAStateIsThePoolsAndMeansAway() {
    assertThat(SqlFailure.of(new SQLException("Acquisition timeout"))).isEqualTo(SqlFailure.AWAY);
    assertThat(SqlFailure.of(new SQLTimeoutException("late", "22000"))).isEqualTo(SqlFailure.AWAY);
  }

  @Test
  void aLostConnectionOutweighsWhatItBreaks() {
    SQLException first = failure("23502");
    first.setNextException(failure("08006"));

    assertThat(SqlFailure.of(first)).isEqualTo(SqlFailure.AWAY);
  }

  @Test
  void aFaultOfMappingIsTheDatasAndItsReasonQuotesNothing() {
    assertThat(SqlFailure.of(new ClassCastException("Ada"))).isEqualTo(SqlFailure.DATA);
    assertThat(SqlFailure.of(new StackOverflowError())).isEqualTo(SqlFailure.DATA);
    assertThat(SqlFailure.reason(new ClassCastException("Ada")))
        .isEqualTo("the ledger cannot store it: one of its values does not fit");
  }

  @Test
  void aChainThatLeadsBackToItselfEnds() {
    SQLException one = failure("22001");
    IllegalStateException around = new IllegalStateException(one);
    one.initCause(around);

    assertThat(SqlFailure.of(around)).isEqualTo(SqlFailure.DATA);
  }

  @Test
  void theProbeKnowsEveryTableOfTheMigrations() throws Exception {
    Pattern created = Pattern.compile("(?m)^create table (\\w+)(?! partition of)\\b");
    // a table that is renamed is dropped in the same migration
    Pattern dropped = Pattern.compile("(?m)^alter table (\\w+) rename to");
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      String sql = files.map(SqlFailureTest::read).collect(Collectors.joining("\n"));
      List<String> tables = new ArrayList<>(names(created, sql));
      tables.removeAll(names(dropped, sql));

      assertThat(SchemaProbe.TABLES).containsExactlyInAnyOrderElementsOf(tables);
    }
  }

  @Test
  void theProbeKnowsTheNewestMigration() throws Exception {
    Pattern version = Pattern.compile("V(\\d+)__.*");
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      int newest =
          files
              .map(file -> version.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToInt(file -> Integer.parseInt(file.group(1)))
              .max()
              .orElseThrow();

      assertThat(SchemaProbe.VERSION).isEqualTo("" + newest);
    }
  }

  private static List<String> names(Pattern pattern, String sql) {
    return pattern.matcher(sql).results().map(found -> found.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SQLException failure(String state) {
    return new SQLException("Ada Brook", state);
  }

  private static SQLException batch(SQLException failure) {
    BatchUpdateException batch = new BatchUpdateException("batch", failure.getSQLState(), null);
    batch.setNextException(failure);
    return batch;
  }
}
