package org.solarrelay.dryrun;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Replaces the bean {@code reconciliation}: a dry run has no database. It reads the first page of
 * the customers and compares nothing.
 */
public final class DryRunReconciliation {

  private static final String FIRST_LIST = "customers";

  /**
   * A page to read.
   *
   * @param list its kind; null for the customers
   * @param number from 1; 0 for the first
   * @param start the earliest time of the additions, ISO 8601; empty or null for other lists
   */
  public record DuePage(
      @JsonProperty("kind") String list,
      @JsonProperty("page") int number,
      @JsonProperty("since") String start) {

    public String getKind() {
      return list == null ? FIRST_LIST : list;
    }

    public int getPage() {
      return Math.max(1, number);
    }

    public String getSince() {
      return start;
    }

    /** A dry run only reads. */
    public boolean isPublishing() {
      return false;
    }
  }

  /** The first page of the vendor's customers. */
  public DuePage next(String vendor) {
    return new DuePage(FIRST_LIST, 1, "");
  }

  /** Compares nothing. */
  public void compare(Object task, Object page) {}

  /** Publishes nothing. */
  public void publish(Object task) {}

  /** Notes nothing. */
  public void failed(Object task, Exception failure) {}
}
