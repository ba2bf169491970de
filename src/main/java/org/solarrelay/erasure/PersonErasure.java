package org.solarrelay.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.delivery.queue.EventErasure;
import org.solarrelay.delivery.queue.EventErasure.Candidate;
import org.solarrelay.delivery.queue.EventErasure.Counts;
import org.solarrelay.delivery.queue.MessageErasure;
import org.solarrelay.delivery.queue.PersonMentions;
import org.solarrelay.erasure.ErasureCursor.Part;
import org.solarrelay.identity.ExternalId;
import org.solarrelay.identity.PersonRecords;
import org.solarrelay.identity.PersonRecords.PersonRecord;
import org.solarrelay.identity.PersonRecords.Removed;
import org.solarrelay.identity.PersonalText;
import org.solarrelay.identity.RecordService;
import org.solarrelay.identity.SearchKey;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Erases a person from PostgreSQL: the events of the person's records, other events and messages
 * that mention the person, and the records themselves, which come last: until then a repeated
 * erasure finds the person again. Works in bounded transactions, and for a bounded time: a request
 * that did not finish says where the next one goes on. A repeated erasure changes nothing.
 */
@Singleton
public class PersonErasure {

  private static final Logger LOG = Logger.getLogger(PersonErasure.class);

  /** A request of the operator API ends after 30 s. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** A placeholder such as 555-0100 may be the phone number of thousands. */
  private static final int MOST_RECORDS = 50;

  private final RecordService search;
  private final PersonRecords records;
  private final EventErasure events;
  private final MessageErasure messages;
  private final ActivityLog activity;
  private final Duration longest;

  @Inject
  PersonErasure(
      RecordService search,
      PersonRecords records,
      EventErasure events,
      MessageErasure messages,
      ActivityLog activity) {
    this(search, records, events, messages, activity, LONGEST);
  }

  /**
   * @param longest how long a request works before it returns; it always does one batch
   */
  PersonErasure(
      RecordService search,
      PersonRecords records,
      EventErasure events,
      MessageErasure messages,
      ActivityLog activity,
      Duration longest) {
    this.search = search;
    this.records = records;
    this.events = events;
    this.messages = messages;
    this.activity = activity;
    this.longest = longest;
  }

  /**
   * Erases the person, or counts what would be erased.
   *
   * @param next of the last result; empty at first
   * @param by the operator
   * @throws ApiProblem 409 if more than 50 records match
   */
  public ErasureResult run(Person person, Optional<String> next, boolean dryRun, String by)
      throws SQLException {
    Run run = new Run(person, next.map(ErasureCursor::parse), dryRun, by);
    ErasureResult result = run.run();
    if (!dryRun) {
      ErasureResult.ErasureCounts counts = result.counts();
      LOG.infof(
          "%s erased a person: %d events, %d deliveries, %d messages, %d ids of %d records%s",
          by,
          counts.events(),
          counts.deliveries(),
          counts.messages(),
          counts.ids(),
          result.records().size(),
          result.finished() ? "" : "; more to erase");
      activity.record(
          Activity.of(by, ActivityAction.ERASE, SubjectKind.PERSON)
              .count(counts.events())
              .details(
                  "%d deliveries, %d messages, %d ids, %d records%s"
                      .formatted(
                          counts.deliveries(),
                          counts.messages(),
                          counts.ids(),
                          result.records().size(),
                          result.finished() ? "" : "; more to erase")));
    }
    return result;
  }

  /** One request. */
  private final class Run {
    private final boolean dryRun;
    private final String by;
    private final List<PersonRecord> found;
    private final List<ExternalId> ids;
    private final PersonalText personal;
    private final PersonMentions mentions;
    private ErasureCursor at;
    private Optional<ErasureCursor> inFlight = Optional.empty();
    private Counts counts = Counts.NONE;
    private int mentioning;
    private int discarded;
    private Removed removed = new Removed(0, 0);

    Run(Person person, Optional<ErasureCursor> from, boolean dryRun, String by)
        throws SQLException {
      this.dryRun = dryRun;
      this.by = by;
      this.at = from.orElse(ErasureCursor.START);
      this.found = records.find(numbers(person));
      this.ids = found.stream().flatMap(record -> record.ids().stream()).toList();
      Set<SearchKey> keys =
          found.stream()
              .flatMap(record -> record.keys().stream())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      keys.addAll(person.keys());
      this.personal = new PersonalText(keys);
      // what another person has as well finds the events of that person
      Set<SearchKey> own = new LinkedHashSet<>(keys);
      own.removeAll(records.shared(keys, numbers(found)));
      own.addAll(person.keys());
      this.mentions =
          new PersonMentions(
              Stream.concat(values(own, "email"), person.email().stream())
                  .collect(Collectors.toSet()),
              values(own, "phone").collect(Collectors.toSet()));
    }

    private List<Long> numbers(Person person) throws SQLException {
      if (person.record().isPresent()) {
        return List.of(person.record().getAsLong());
      }
      List<Long> matched = search.findByKeys(person.keys(), MOST_RECORDS + 1);
      if (matched.size() > MOST_RECORDS) {
        throw new ApiProblem(
            409,
            "Conflict",
            "More than %d records match; erase each by its number".formatted(MOST_RECORDS));
      }
      return matched;
    }

    ErasureResult run() throws SQLException {
      long end = System.nanoTime() + longest.toNanos();
      do {
        step();
      } while (at.part() != Part.IDENTITY && System.nanoTime() < end);
      boolean finished = at.part() == Part.IDENTITY && inFlight.isEmpty();
      if (finished && !dryRun) {
        messages.eraseTexts(mentions);
      }
      if (finished) {
        removed =
            dryRun ? records.removable(found, personal) : records.erase(numbers(found), personal);
      }
      return new ErasureResult(
          dryRun,
          finished,
          finished ? null : inFlight.orElse(at).toString(),
          counts.inFlight(),
          found.stream().map(Run::summary).toList(),
          new ErasureResult.ErasureCounts(
              counts.events(),
              mentioning,
              counts.deliveries(),
              counts.cancelled(),
              counts.attempts(),
              counts.messages() + discarded,
              removed.keys(),
              removed.ids()));
    }

    /** Erases the next batch. */
    private void step() throws SQLException {
      switch (at.part()) {
        case RECORDS -> eventsOfRecords();
        case EVENTS -> eventsThatMention();
        case MESSAGES -> messagesThatMention();
        default -> {
          // the last request found deliveries in flight, or ended just before this part
        }
      }
    }

    private void eventsOfRecords() throws SQLException {
      List<Candidate> batch = events.ofIds(ids, at.after());
      if (batch.isEmpty()) {
        at = ErasureCursor.of(mentions.isEmpty() ? Part.IDENTITY : Part.EVENTS);
        return;
      }
      erase(batch);
      at = at.after(batch.get(batch.size() - 1).position());
    }

    private void eventsThatMention() throws SQLException {
      Optional<OffsetDateTime> upTo = events.chunkEnd(at.after().at());
      if (upTo.isEmpty()) {
        at = ErasureCursor.of(Part.MESSAGES);
        return;
      }
      List<Candidate> others =
          events.mentioning(mentions, at.after().at(), upTo.get()).stream()
              .filter(event -> !staysForNow() || ids.stream().noneMatch(event::isAbout))
              .toList();
      mentioning += erase(others);
      at = at.after(upTo.get());
    }

    /** Whether events of the records are still there, which are counted already. */
    private boolean staysForNow() {
      return dryRun || inFlight.isPresent();
    }

    private void messagesThatMention() throws SQLException {
      OffsetDateTime from = at.after().at();
      Optional<OffsetDateTime> upTo = messages.chunkEnd(from);
      if (upTo.isEmpty()) {
        at = ErasureCursor.of(Part.IDENTITY);
        return;
      }
      discarded +=
          dryRun
              ? messages.count(mentions, from, upTo.get())
              : messages.erase(mentions, from, upTo.get(), by);
      at = at.after(upTo.get());
    }

    /** Erases events; returns how many. The next request begins before those in flight. */
    private int erase(List<Candidate> batch) throws SQLException {
      Counts erased = dryRun ? events.count(batch) : events.erase(batch, personal, by);
      counts = counts.plus(erased);
      if (!dryRun && erased.inFlight() > 0 && inFlight.isEmpty()) {
        inFlight = Optional.of(at);
      }
      return erased.events();
    }

    private static List<Long> numbers(Collection<PersonRecord> records) {
      return records.stream().map(PersonRecord::number).toList();
    }

    private static Stream<String> values(Collection<SearchKey> keys, String trait) {
      return keys.stream().filter(key -> key.trait().equals(trait)).map(SearchKey::value);
    }

    private static ErasureResult.PersonSummary summary(PersonRecord record) {
      return new ErasureResult.PersonSummary(
          record.number(),
          record.kind(),
          masked(record, "email"),
          masked(record, "phone"),
          record.ids().size());
    }

    private static List<String> masked(PersonRecord record, String trait) {
      return record.keys().stream()
          .filter(key -> key.trait().equals(trait))
          .map(SearchKey::masked)
          .distinct()
          .toList();
    }
  }
}
