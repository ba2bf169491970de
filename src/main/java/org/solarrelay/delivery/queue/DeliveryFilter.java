package org.solarrelay.delivery.queue;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Selects deliveries that meet all criteria. Each method adds a criterion; a value that is null
 * adds none.
 */
public final class DeliveryFilter {

  // Ids grow with time, except in transactions that overlap, and no transaction takes a minute. So
  // a delivery of the first event from a minute before bounds the ids, and PostgreSQL reads the
  // index on ids for times as well. Other deliveries of the same time may have lower ids than that
  // delivery, so the bound is lower than its id by more than a batch holds.
  private static final String FIRST_ID =
      """
      d.id >= coalesce((
        select first.id - 10000 from event e1
          join delivery first on first.source = e1.source and first.event_id = e1.id
        where e1.recorded_at >= :since::timestamptz - interval '1 min'
        order by e1.recorded_at limit 1), 9223372036854775807)\
      """;

  // A delivery of the first event from a minute after has a larger id than all deliveries created
  // before.
  private static final String END_ID =
      """
      d.id < coalesce((
        select after.id from event e2
          join delivery after on after.source = e2.source and after.event_id = e2.id
        where e2.recorded_at >= :until::timestamptz + interval '1 min'
        order by e2.recorded_at limit 1), 9223372036854775807)\
      """;

  // A delivered delivery has no reason. The second part is the condition of an index of the ledger,
  // so that PostgreSQL does not search delivered ones.
  private static final String WITH_REASON = "(not d.over or d.state in ('skipped', 'dead'))";

  private static final DeliveryFilter ALL = new DeliveryFilter(SqlCriteria.NONE, Optional.empty());

  private final SqlCriteria criteria;

  /** Empty where deliveries of all states are selected. */
  private final Optional<DeliveryState> state;

  private DeliveryFilter(SqlCriteria criteria, Optional<DeliveryState> state) {
    this.criteria = criteria;
    this.state = state;
  }

  /** Selects all deliveries. */
  public static DeliveryFilter all() {
    return ALL;
  }

  /** Selects one delivery. */
  public static DeliveryFilter one(long id) {
    return ALL.and("d.id = :id", "id", id);
  }

  /** Selects deliveries in this state. */
  public DeliveryFilter state(DeliveryState only) {
    return only == null
        ? this
        : new DeliveryFilter(
            criteria
                .and("d.state = :state", "state", only.text())
                .and(only.isFinished() ? "d.over" : "not d.over"),
            Optional.of(only));
  }

  public DeliveryFilter destination(String name) {
    return and("d.destination = :destination", "destination", name);
  }

  /** Selects deliveries to one of these destinations. */
  public DeliveryFilter destinations(List<String> names) {
    return and("d.destination = any (:destinations)", "destinations", names);
  }

  /** Selects deliveries of events about this record, by its id in their source. */
  public DeliveryFilter subject(String id) {
    return and("e.subject = :subject", "subject", id);
  }

  /** Selects deliveries of events of this type. */
  public DeliveryFilter type(String name) {
    return and("e.type = :type", "type", name);
  }

  /** Selects deliveries whose reason contains this text, ignoring upper and lower case. */
  public DeliveryFilter reason(String text) {
    return text == null
        ? this
        : new DeliveryFilter(
            criteria.andContains("d.reason", "reason", text).and(WITH_REASON), state);
  }

  /** Selects the dead deliveries of a {@link DeadLetterGroups} group. */
  public DeliveryFilter fingerprint(String text) {
    return text == null
        ? this
        : new DeliveryFilter(
            criteria
                .and("d.state = 'dead'")
                .and("d.over")
                .and(DeadGroupFingerprint.ofDelivery() + " = :fingerprint", "fingerprint", text),
            state);
  }

  /** Selects deliveries whose last attempt had this HTTP status. */
  public DeliveryFilter status(Integer code) {
    return and("d.status = :status", "status", code);
  }

  /** Selects deliveries created at this time or later. */
  public DeliveryFilter since(OffsetDateTime time) {
    return and("d.created_at >= :since", "since", time).and(FIRST_ID, "since", time);
  }

  /** Selects deliveries created before this time. */
  public DeliveryFilter until(OffsetDateTime time) {
    return and("d.created_at < :until", "until", time).and(END_ID, "until", time);
  }

  /** Selects deliveries with a smaller id. */
  public DeliveryFilter before(Long id) {
    return and("d.id < :before", "before", id);
  }

  /** Whether the filter selects deliveries of this state alone. */
  boolean selectsOnly(DeliveryState only) {
    return state.equals(Optional.of(only));
  }

  /** The number of the one delivery that the filter selects; empty where it may select others. */
  Optional<Long> number() {
    return Optional.ofNullable((Long) criteria.values().get("id"));
  }

  /** The criteria in words, without values that may be personal data. */
  public String summary() {
    return criteria.summary();
  }

  /** Conditions on {@code delivery d join event e}. */
  SqlCriteria criteria() {
    return criteria;
  }

  @Override
  public String toString() {
    return criteria.values().toString();
  }

  private DeliveryFilter and(String condition, String name, Object value) {
    return new DeliveryFilter(criteria.and(condition, name, value), state);
  }
}
