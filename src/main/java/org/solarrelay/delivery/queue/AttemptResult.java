package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.solarrelay.identity.ExternalId;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param state delivered, skipped, held, dead, or pending where it is to be tried again
 * @param retryAfter null unless pending
 * @param status the HTTP status, null where there was none
 * @param reason null where it was delivered
 * @param vendorId null where the destination gave none
 * @param response what the destination said, as far as it is known
 * @param health what it tells of the destination as a whole
 * @param learnedIds ids of the event's record that the attempt brought to light
 * @param wrote the state the destination now has, null where it is what the event says
 */
public record AttemptResult(
    String state,
    Duration retryAfter,
    Integer status,
    String reason,
    String vendorId,
    String response,
    DestinationHealth health,
    List<ExternalId> learnedIds,
    ObjectNode wrote) {

  AttemptResult(
      String state,
      Duration retryAfter,
      Integer status,
      String reason,
      String vendorId,
      String answer,
      DestinationHealth sign) {
    this(state, retryAfter, status, reason, vendorId, answer, sign, List.of(), null);
  }

  public static AttemptResult delivered(String vendorId) {
    return new AttemptResult("delivered", null, null, null, vendorId, null, DestinationHealth.NONE);
  }

  public static AttemptResult skipped(String reason) {
    return new AttemptResult("skipped", null, null, reason, null, null, DestinationHealth.NONE);
  }

  public static AttemptResult held(String reason) {
    return new AttemptResult("held", null, null, reason, null, null, DestinationHealth.NONE);
  }

  public static AttemptResult dead(Integer status, String reason, String answer) {
    return new AttemptResult("dead", null, status, reason, null, answer, DestinationHealth.NONE);
  }

  public static AttemptResult retry(Duration after, Integer status, String reason, String answer) {
    return new AttemptResult(
        "pending", after, status, reason, null, answer, DestinationHealth.NONE);
  }

  /** To be tried again without end, once the destination accepts our key. */
  public static AttemptResult keyRefused(
      Duration wait, Integer status, String reason, String answer) {
    return new AttemptResult(
        "pending", wait, status, reason, null, answer, DestinationHealth.KEY_REFUSED);
  }

  /** The same, as a sign of how the destination fares. */
  public AttemptResult withHealth(DestinationHealth sign) {
    return new AttemptResult(
        state, retryAfter, status, reason, vendorId, response, sign, learnedIds, wrote);
  }

  /** The same without blame: tried again, whatever its retry budget was. */
  public AttemptResult spared(Duration wait) {
    return new AttemptResult(
        "pending", wait, status, reason, null, response, health, learnedIds, wrote);
  }

  /** The same with what the destination said, where that is not known yet. */
  public AttemptResult withResponse(Integer saidStatus, String saidAnswer) {
    return new AttemptResult(
        state,
        retryAfter,
        status == null ? saidStatus : status,
        reason,
        vendorId,
        response == null ? saidAnswer : response,
        signWithAnswer(),
        learnedIds,
        wrote);
  }

  /** Who ends an attempt with an answer is there. */
  private DestinationHealth signWithAnswer() {
    if (health == DestinationHealth.UNREACHABLE) {
      return DestinationHealth.DOWN;
    }
    return health == DestinationHealth.NONE && !state.equals("pending")
        ? DestinationHealth.UP
        : health;
  }

  /** The same with what else came of it. */
  public AttemptResult with(List<ExternalId> learnt, ObjectNode wrote) {
    return new AttemptResult(
        state, retryAfter, status, reason, vendorId, response, health, learnt, wrote);
  }

  public boolean failed() {
    return state.equals("dead") || state.equals("pending");
  }
}
