package org.solarrelay.vendor.reconcile;

/** A vendor already has a run at work; the message names it. */
public final class RunActiveException extends Exception {

  private static final long serialVersionUID = 1L;

  RunActiveException(String message) {
    super(message);
  }
}
