package org.solarrelay.delivery.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.solarrelay.identity.ExternalId;

/**
 * What a delivery becomes after an attempt.
 *
 * @param state delivered, skipped, held, dead, or pending before a retry
 * @param retryAfter null unless pending
 * @param status the HTTP status, null without a response
 * @param reason null where it was delivered
 * @param vendorId null where the destination returned none
 * @param response the destination's response as far as it is stored, null without one
 * @param health what the attempt shows about the destination as a whole
 * @param learnedIds ids of the event's record that the attempt has found
 * @param wrote the destination's new state, null where it equals the event's
 * @param calls the requests that the attempt has sent, as JSON, their secrets masked; null where
 *     none is stored
 */
public record AttemptResult(
    DeliveryState state,
    Duration retryAfter,
    Integer status,
    String reason,
    String vendorId,
    String response,
    DestinationHealth health,
    List<ExternalId> learnedIds,
    ObjectNode wrote,
    String calls) {

  /** Delivered; the destination returned no id. */
  public static AttemptResult delivered() {
    return new Builder(DeliveryState.DELIVERED).build();
  }

  /** Delivered under the id that the destination returned. */
  public static AttemptResult delivered(String vendorId) {
    Builder result = new Builder(DeliveryState.DELIVERED);
    result.vendorId = vendorId;
    return result.build();
  }

  /** Ended on purpose, without a delivery. */
  public static AttemptResult skipped(String reason) {
    return new Builder(DeliveryState.SKIPPED).reason(reason).build();
  }

  /** Awaits an operator's approval. */
  public static AttemptResult held(String reason) {
    return new Builder(DeliveryState.HELD).reason(reason).build();
  }

  /** A permanent failure without a response. */
  public static AttemptResult dead(String reason) {
    return new Builder(DeliveryState.DEAD).reason(reason).build();
  }

  /**
   * A permanent failure.
   *
   * @param status as {@link #status}
   * @param response as {@link #response}
   */
  public static AttemptResult dead(Integer status, String reason, String response) {
    return new Builder(DeliveryState.DEAD).reason(reason).response(status, response).build();
  }

  /** A permanent failure with a response whose text is empty. */
  public static AttemptResult dead(int status, String reason) {
    return dead(status, reason, null);
  }

  /** Failed; the relay retries. */
  public static AttemptResult retry(
      Duration after, Integer status, String reason, String response) {
    Builder result = new Builder(DeliveryState.PENDING).reason(reason).response(status, response);
    result.retryAfter = after;
    return result.build();
  }

  /** Failed without a response; the relay retries. */
  public static AttemptResult retry(Duration after, String reason) {
    return retry(after, null, reason, null);
  }

  /** Failed because the destination rejects the key; the relay retries until it accepts the key. */
  public static AttemptResult keyRefused(
      Duration after, Integer status, String reason, String response) {
    return retry(after, status, reason, response).withHealth(DestinationHealth.KEY_REFUSED);
  }

  /** The same result with another health of the destination. */
  public AttemptResult withHealth(DestinationHealth health) {
    Builder result = new Builder(this);
    result.health = health;
    return result.build();
  }

  /** The same failure as a retry, also where the delivery's retry budget is used up. */
  public AttemptResult withoutRetryCost(Duration wait) {
    Builder result = new Builder(this);
    result.state = DeliveryState.PENDING;
    result.retryAfter = wait;
    result.vendorId = null;
    return result.build();
  }

  /** The same result with the destination's last response, where it has none yet. */
  public AttemptResult withResponse(Integer lastStatus, String lastResponse) {
    Builder result = new Builder(this);
    result.status = status == null ? lastStatus : status;
    result.response = response == null ? lastResponse : response;
    result.health = healthAfterResponse();
    return result.build();
  }

  /** The health of a destination that has responded, and so is reachable. */
  private DestinationHealth healthAfterResponse() {
    if (health == DestinationHealth.UNREACHABLE) {
      return DestinationHealth.DOWN;
    }
    return health == DestinationHealth.NONE && state != DeliveryState.PENDING
        ? DestinationHealth.UP
        : health;
  }

  /** The same result with the ids that the attempt has found and the state that it has written. */
  public AttemptResult with(List<ExternalId> learnedIds, ObjectNode wrote) {
    Builder result = new Builder(this);
    result.learnedIds = learnedIds;
    result.wrote = wrote;
    return result.build();
  }

  /** The same result with the ids that the attempt has found. */
  public AttemptResult withLearnedIds(List<ExternalId> ids) {
    return with(ids, wrote);
  }

  /**
   * The same result with the requests that the attempt has sent.
   *
   * @param sent as {@link #calls}
   */
  public AttemptResult withCalls(String sent) {
    Builder result = new Builder(this);
    result.calls = sent;
    return result.build();
  }

  public boolean failed() {
    return state == DeliveryState.DEAD || state == DeliveryState.PENDING;
  }

  private static final class Builder {
    private DeliveryState state;
    private Duration retryAfter;
    private Integer status;
    private String reason;
    private String vendorId;
    private String response;
    private DestinationHealth health = DestinationHealth.NONE;
    private List<ExternalId> learnedIds = List.of();
    private ObjectNode wrote;
    private String calls;

    private Builder(DeliveryState state) {
      this.state = state;
    }

    private Builder(AttemptResult result) {
      this.state = result.state;
      this.retryAfter = result.retryAfter;
      this.status = result.status;
      this.reason = result.reason;
      this.vendorId = result.vendorId;
      this.response = result.response;
      this.health = result.health;
      this.learnedIds = result.learnedIds;
      this.wrote = result.wrote;
      this.calls = result.calls;
    }

    private Builder reason(String text) {
      this.reason = text;
      return this;
    }

    private Builder response(Integer httpStatus, String text) {
      this.status = httpStatus;
      this.response = text;
      return this;
    }

    private AttemptResult build() {
      return new AttemptResult(
          state, retryAfter, status, reason, vendorId, response, health, learnedIds, wrote, calls);
    }
  }
}
