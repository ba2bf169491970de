package org.solarrelay.dryrun;

/**
 * Stands for the bean {@code callBudget}: no limit is ever used up in a rehearsal, but it must be
 * asked where the real one may be.
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
