package org.solarrelay.vendor.reconcile;

import java.util.List;

/** The lists of a vendor that reconciliation reads; each vendor has a bean of this type. */
public interface ReconciledLists {

  /**
   * A list.
   *
   * @param kind its name in the database, the API and metrics, such as {@code customers}
   * @param whole whether it holds all records of the vendor, so that a missing one is deleted
   */
  record ListKind(String kind, boolean whole) {}

  /** The vendor's name, which is that of its destination and of its source of webhooks. */
  String vendor();

  /** The lists, in the order in which a run reads them. */
  List<ListKind> lists();
}
