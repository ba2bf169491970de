package org.solarrelay.dryrun;

/**
 * Replaces the bean {@code callBudget}: a dry run has no limit, and the bean only checks that a
 * route spends its calls before its first call.
 */
public final class UnlimitedCallBudget {

  private final StubVendors vendors;

  UnlimitedCallBudget(StubVendors vendors) {
    this.vendors = vendors;
  }

  /**
   * Grants the calls.
   *
   * @throws IllegalStateException after a route's first call
   */
  public void spend(String destination, int calls) {
    if (calls > 0 && !vendors.calls().isEmpty()) {
      throw new IllegalStateException("callBudget must be asked before a route's first call");
    }
  }
}
