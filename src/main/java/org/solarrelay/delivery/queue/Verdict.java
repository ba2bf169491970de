package org.solarrelay.delivery.queue;

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
 * @param sign what it tells of the destination as a whole
 * @param learnt ids of the event's record that the attempt brought to light
 * @param wrote the state the destination now has, null where it is what the event says
 */
public record Verdict(
    String state,
    Duration retryAfter,
    Integer status,
    String reason,
    String vendorId,
    String answer,
    Sign sign,
    List<KnownId> learnt,
    ObjectNode wrote) {

  Verdict(
      String state,
      Duration retryAfter,
      Integer status,
      String reason,
      String vendorId,
      String answer,
      Sign sign) {
    this(state, retryAfter, status, reason, vendorId, answer, sign, List.of(), null);
  }

  public static Verdict delivered(String vendorId) {
    return new Verdict("delivered", null, null, null, vendorId, null, Sign.NONE);
  }

  public static Verdict skipped(String reason) {
    return new Verdict("skipped", null, null, reason, null, null, Sign.NONE);
  }

  public static Verdict held(String reason) {
    return new Verdict("held", null, null, reason, null, null, Sign.NONE);
  }

  public static Verdict dead(Integer status, String reason, String answer) {
    return new Verdict("dead", null, status, reason, null, answer, Sign.NONE);
  }

  public static Verdict retry(Duration after, Integer status, String reason, String answer) {
    return new Verdict("pending", after, status, reason, null, answer, Sign.NONE);
  }

  /** To be tried again without end, once the destination accepts our key. */
  public static Verdict keyRefused(Duration wait, Integer status, String reason, String answer) {
    return new Verdict("pending", wait, status, reason, null, answer, Sign.KEY_REFUSED);
  }

  /** The same, as a sign of how the destination fares. */
  public Verdict as(Sign sign) {
    return new Verdict(state, retryAfter, status, reason, vendorId, answer, sign, learnt, wrote);
  }

  /** The same without blame: tried again, whatever its retry budget was. */
  public Verdict spared(Duration wait) {
    return new Verdict("pending", wait, status, reason, null, answer, sign, learnt, wrote);
  }

  /** The same with what the destination said, where that is not known yet. */
  public Verdict told(Integer saidStatus, String saidAnswer) {
    return new Verdict(
        state,
        retryAfter,
        status == null ? saidStatus : status,
        reason,
        vendorId,
        answer == null ? saidAnswer : answer,
        signWithAnswer(),
        learnt,
        wrote);
  }

  /** Who ends an attempt with an answer is there. */
  private Sign signWithAnswer() {
    if (sign == Sign.UNREACHABLE) {
      return Sign.DOWN;
    }
    return sign == Sign.NONE && !state.equals("pending") ? Sign.ANSWERS : sign;
  }

  /** The same with what else came of it. */
  public Verdict with(List<KnownId> learnt, ObjectNode wrote) {
    return new Verdict(state, retryAfter, status, reason, vendorId, answer, sign, learnt, wrote);
  }

  public boolean failed() {
    return state.equals("dead") || state.equals("pending");
  }
}
