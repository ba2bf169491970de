package org.solarrelay.delivery;

import java.time.Duration;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param state delivered, skipped, dead, or pending where it is to be tried again
 * @param retryAfter null unless pending
 * @param status the HTTP status, null where there was none
 * @param reason null where it was delivered
 * @param vendorId null where the destination gave none
 * @param answer what the destination said, as far as it is known
 * @param keyRefused whether the destination does not accept our key, which is no event's fault
 */
record Verdict(
    String state,
    Duration retryAfter,
    Integer status,
    String reason,
    String vendorId,
    String answer,
    boolean keyRefused) {

  static Verdict delivered(String vendorId) {
    return new Verdict("delivered", null, null, null, vendorId, null, false);
  }

  static Verdict skipped(String reason) {
    return new Verdict("skipped", null, null, reason, null, null, false);
  }

  static Verdict dead(Integer status, String reason, String answer) {
    return new Verdict("dead", null, status, reason, null, answer, false);
  }

  static Verdict retry(Duration after, Integer status, String reason, String answer) {
    return new Verdict("pending", after, status, reason, null, answer, false);
  }

  /** To be tried again without end, once the destination accepts our key. */
  static Verdict keyRefused(Integer status, String reason, String answer) {
    return new Verdict("pending", KeyPause.PROBE_EVERY, status, reason, null, answer, true);
  }

  /** The same with what the destination said, where that is not known yet. */
  Verdict told(Integer saidStatus, String saidAnswer) {
    return new Verdict(
        state,
        retryAfter,
        status == null ? saidStatus : status,
        reason,
        vendorId,
        answer == null ? saidAnswer : answer,
        keyRefused);
  }

  boolean failed() {
    return state.equals("dead") || state.equals("pending");
  }
}
