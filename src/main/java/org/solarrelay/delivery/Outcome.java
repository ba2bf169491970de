package org.solarrelay.delivery;

/** How a delivery ended well; a failure is an exception. */
public sealed interface Outcome {

  /**
   * The destination has it.
   *
   * @param vendorId the id the destination gave the record, null where it gave none
   */
  record Delivered(String vendorId) implements Outcome {}

  /** There was nothing to do there. */
  record Skipped(String reason) implements Outcome {}

  static Outcome delivered(String vendorId) {
    return new Delivered(vendorId);
  }

  static Outcome skipped(String reason) {
    return new Skipped(reason);
  }
}
