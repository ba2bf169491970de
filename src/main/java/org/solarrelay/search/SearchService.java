package org.solarrelay.search;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.solarrelay.delivery.api.EventHistoryReader;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.event.Receipt;
import org.solarrelay.identity.RecordService;
import org.solarrelay.identity.SearchKey;
import org.solarrelay.ops.access.ApiProblem;

/**
 * Finds records and events by one text, which may be of several kinds: a number may be that of a
 * delivery and the id of a customer. Every look-up uses an index.
 */
@Singleton
public class SearchService {

  /** The largest number of hits of one kind. */
  static final int MOST = 20;

  private static final int MOST_EVENTS = 50;
  private static final int LONGEST = 500;

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern PHONE = Pattern.compile("[+(\\d][\\d ()./+-]{5,30}");
  private static final Pattern NAME = Pattern.compile("[^@\\d]*\\p{L}[^@\\d]*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern POSITION = Pattern.compile("[\\w.-]{1,249}-\\d{1,9}-\\d{1,18}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final RecordService records;
  private final EventFinder events;
  private final DeliveryQueries ledger;
  private final EventHistoryReader histories;

  SearchService(
      RecordService records,
      EventFinder events,
      DeliveryQueries ledger,
      EventHistoryReader histories) {
    this.records = records;
    this.events = events;
    this.ledger = ledger;
    this.histories = histories;
  }

  /** The hits of one search. */
  private final class TextSearch {
    private final String text;
    private final Set<SearchKind> tried = EnumSet.noneOf(SearchKind.class);
    private final Set<SearchKind> matched = EnumSet.noneOf(SearchKind.class);
    private final Set<Long> foundRecords = new LinkedHashSet<>();
    private final Set<String> foundEvents = new LinkedHashSet<>();
    private final List<String> messages = new ArrayList<>();

    TextSearch(String text) {
      this.text = text;
    }

    SearchHits run() throws SQLException {
      if (EMAIL.matcher(text).matches()) {
        byKeys(SearchKind.EMAIL, Set.of(SearchKey.ofEmail(text)));
      }
      if (PHONE.matcher(text).matches()) {
        byKeys(SearchKind.PHONE, SearchKey.ofPhone(text));
      }
      if (NAME.matcher(text).matches()) {
        byKeys(SearchKind.NAME, SearchKey.ofName(text));
      }
      byId();
      if (NUMBER.matcher(text).matches()) {
        add(SearchKind.DELIVERY_NUMBER, List.of(), events.ofDelivery(Long.parseLong(text)));
      }
      if (matched.isEmpty()) {
        byHistory();
      }
      return new SearchHits(
          matched.isEmpty() ? tried : matched,
          first(foundRecords),
          first(foundEvents),
          List.copyOf(messages));
    }

    private void byKeys(SearchKind kind, Set<SearchKey> keys) throws SQLException {
      add(kind, keys.isEmpty() ? List.of() : records.findByKeys(keys, MOST), List.of());
    }

    private void byId() throws SQLException {
      List<Long> owners = records.findById(text, MOST);
      Map<SearchKind, Set<String>> byText = events.byText(text, MOST);
      for (SearchKind kind : List.of(SearchKind.EVENT_ID, SearchKind.RECEIPT)) {
        add(kind, List.of(), byText.getOrDefault(kind, Set.of()));
      }
      // the events of a known record are found by the record
      add(
          SearchKind.RECORD_ID,
          owners,
          owners.isEmpty() ? byText.getOrDefault(SearchKind.RECORD_ID, Set.of()) : List.of());
    }

    /** Finds webhooks and messages that became no event, or that only a topic holds. */
    private void byHistory() throws SQLException {
      boolean position = POSITION.matcher(text).matches();
      SearchKind kind = position ? SearchKind.RECORD_POSITION : SearchKind.RECEIPT;
      if (position) {
        tried.add(kind);
      }
      Optional<DeliveryQueries.MessageHistory> history =
          position || Receipt.issuedAt(text).isPresent()
              ? histories.find(text, 1)
              : Optional.ofNullable(ledger.history(text, 1));
      if (history.isEmpty()) {
        return;
      }
      Set<String> eventIds = new LinkedHashSet<>();
      history.get().deliveries().forEach(delivery -> eventIds.add(delivery.eventId()));
      if (eventIds.isEmpty()) {
        matched.add(kind);
        messages.add(text);
      } else {
        add(kind, List.of(), eventIds);
      }
    }

    private void add(SearchKind kind, Collection<Long> foundRecords, Collection<String> eventIds) {
      tried.add(kind);
      if (!foundRecords.isEmpty() || !eventIds.isEmpty()) {
        matched.add(kind);
        this.foundRecords.addAll(foundRecords);
        foundEvents.addAll(eventIds);
      }
    }

    private static <T> List<T> first(Set<T> found) {
      return found.stream().limit(MOST).toList();
    }
  }

  /**
   * Searches by a text.
   *
   * @throws ApiProblem 400 if the text is empty, too long or no text; 503 if only Kafka could have
   *     the message and does not respond in time
   */
  public SearchHits find(String given) throws SQLException {
    String text = given == null ? "" : given.strip();
    if (text.isEmpty() || text.length() > LONGEST || CONTROL.matcher(text).find()) {
      throw new ApiProblem(
          400, "Bad Request", "The text to search has 1 to %d characters".formatted(LONGEST));
    }
    return new TextSearch(text).run();
  }

  /** Loads what a search has found. */
  public SearchResult load(SearchHits hits) throws SQLException {
    List<RecordService.Shown> shown =
        hits.records().isEmpty() ? List.of() : records.find(hits.records());
    List<Long> numbers = shown.stream().map(RecordService.Shown::record).toList();
    List<FoundEvent> found = new ArrayList<>();
    if (!hits.events().isEmpty()) {
      found.addAll(events.byIds(hits.events(), MOST_EVENTS));
    }
    if (!numbers.isEmpty()) {
      events.ofRecords(numbers, MOST_EVENTS).stream()
          .filter(event -> !hits.events().contains(event.id()))
          .forEach(found::add);
    }
    return new SearchResult(hits.takenFor(), shown, found, hits.messages());
  }
}
