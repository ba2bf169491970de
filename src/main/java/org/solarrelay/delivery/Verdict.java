package org.solarrelay.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.solarrelay.identity.KnownId;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param state delivered, skipped, held, dead, or pending where it is to be tried again
 * @param retryAfter null unless pending
 * @param status the HTTP status, null where there was none
 * @param reason null where it was delivered
 * @param vendorId null where the destination gave none
 * @param answer what the destination said, as far as it is known
 * @param keyRefused whether the destination does not accept our key, which is no event's fault
 * @param learnt ids of the event's record that the attempt brought to light
 * @param wrote the state the destination now has, null where it is what the event says
 */
record Verdict(
    String state,
    Duration retryAfter,
    Integer status,
    String reason,
    String vendorId,
    String answer,
    boolean keyRefused,
    List<KnownId> learnt,
    ObjectNode wrote) {

  Verdict(
      String state,
      Duration retryAfter,
      Integer status,
      String reason,
      String vendorId,
      String answer,
      boolean keyRefused) {
    this(state, retryAfter, status, reason, vendorId, answer, keyRefused, List.of(), null);
  }

  static Verdict delivered(String vendorId) {
    return new Verdict("delivered", null, null, null, vendorId, null, false);
  }

  static Verdict skipped(String reason) {
    return new Verdict("skipped", null, null, reason, null, null, false);
  }

  static Verdict held(String reason) {
    return new Verdict("held", null, null, reason, null, null, false);
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
        keyRefused,
        learnt,
        wrote);
  }

  /** The same with what else came of it. */
  Verdict with(List<KnownId> learnt, ObjectNode wrote) {
    return new Verdict(
        state, retryAfter, status, reason, vendorId, answer, keyRefused, learnt, wrote);
  }

  boolean failed() {
    return state.equals("dead") || state.equals("pending");
  }
}
