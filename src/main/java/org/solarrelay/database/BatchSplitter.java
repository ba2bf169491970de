package org.solarrelay.database;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Stores a batch although some of its items cannot be stored. A failure that is the data's fault
 * ({@link SqlFailure}) halves the batch until each item at fault is alone; the caller ends those
 * items with their reasons. All writes of batches use this class.
 */
@Singleton
public class BatchSplitter {

  private static final Logger LOG = Logger.getLogger(BatchSplitter.class);

  /** Stores all of the items, in one transaction, or throws and has stored none of them. */
  public interface Store<T> {
    void store(List<T> items) throws SQLException;
  }

  /**
   * An item that cannot be stored.
   *
   * @param reason a sentence without any of the item's values
   */
  public record Rejected<T>(T item, String reason) {}

  private final SchemaProbe schema;

  public BatchSplitter(DataSource database) {
    this.schema = new SchemaProbe(database);
  }

  /**
   * Stores the items in their order, in as few transactions as possible.
   *
   * @param store changes nothing for an item that it has stored before
   * @return the items that cannot be stored
   * @throws SQLException where the database is away; some of the items may have been stored
   */
  public <T> List<Rejected<T>> store(List<T> items, Store<T> store) throws SQLException {
    List<Rejected<T>> rejected = new ArrayList<>();
    if (!items.isEmpty()) {
      store(items, store, rejected);
    }
    return rejected;
  }

  private <T> void store(List<T> items, Store<T> store, List<Rejected<T>> rejected)
      throws SQLException {
    try {
      store.store(items);
    } catch (SQLException | RuntimeException | StackOverflowError e) {
      if (!isDataError(e)) {
        throw e;
      }
      if (items.size() == 1) {
        LOG.debug("An item cannot be stored", e);
        rejected.add(new Rejected<>(items.get(0), SqlFailure.reason(e)));
        return;
      }
      int half = items.size() / 2;
      store(items.subList(0, half), store, rejected);
      store(items.subList(half, items.size()), store, rejected);
    }
  }

  /**
   * Whether the failure is the fault of the data. While the schema is of an older version the data
   * is not at fault: a value may break a rule that the next migration changes.
   *
   * @throws SQLException where the database is away, so that the cause stays unknown
   */
  public boolean isDataError(Throwable failure) throws SQLException {
    return switch (SqlFailure.of(failure)) {
      case DATA -> schema.isMigrated();
      case UNCLEAR -> schema.isMigrated() && schema.isWhole();
      case AWAY -> false;
    };
  }
}
