package org.solarrelay.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.solarrelay.identity.RecordKind;

/**
 * What a request to erase a person has erased, or would erase.
 *
 * @param finished whether everything is erased, or counted; if not, repeat the request with {@code
 *     next}
 * @param next where the next request goes on; null where the erasure is finished
 * @param inFlight events that stay until a delivery in flight has ended
 * @param records the person's records
 * @param counts of this request alone
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ErasureResult(
    boolean dryRun,
    boolean finished,
    String next,
    long inFlight,
    List<PersonSummary> records,
    ErasureCounts counts) {

  /** The result of this request and the next one. */
  public ErasureResult plus(ErasureResult later) {
    return new ErasureResult(
        dryRun,
        later.finished,
        later.next,
        later.inFlight,
        later.records,
        counts.plus(later.counts));
  }

  /**
   * A record of the person.
   *
   * @param record the relay's own number
   * @param emails masked e-mail addresses
   * @param phones masked phone numbers
   * @param ids how many ids it has
   */
  public record PersonSummary(
      long record, RecordKind kind, List<String> emails, List<String> phones, int ids) {}

  /**
   * How much was erased, by kind.
   *
   * @param mentions those of the events that are about other records and mention the person
   * @param deliveries of the events
   * @param cancelled those of the deliveries that were not finished
   * @param attempts with a vendor's response
   * @param messages that became no event
   * @param keys e-mail addresses, phone numbers, names and addresses of the records
   * @param ids ids that held personal data
   */
  public record ErasureCounts(
      long events,
      long mentions,
      long deliveries,
      long cancelled,
      long attempts,
      long messages,
      long keys,
      long ids) {

    private ErasureCounts plus(ErasureCounts other) {
      return new ErasureCounts(
          events + other.events,
          mentions + other.mentions,
          deliveries + other.deliveries,
          cancelled + other.cancelled,
          attempts + other.attempts,
          messages + other.messages,
          keys + other.keys,
          ids + other.ids);
    }
  }
}
