package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventReader;

class EventCacheTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @Test
  void anEventOfThisPodIsNotReadAgain() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo", "solarproof");
    fixture.execute("update event set value = '{\"email\":\"changed@example.com\"}'");

    assertThat(email(fixture.take("enerflo"))).isEqualTo("a@example.com");
    assertThat(email(fixture.take("solarproof"))).isEqualTo("a@example.com");
  }

  @Test
  void anEventOfAnotherPodIsReadOnce() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo", "solarproof");
    DeliveryQueue other = fixture.queueOfAnotherPod();

    assertThat(email(other.take("enerflo", 1, LEASE))).isEqualTo("a@example.com");
    fixture.execute("update event set value = 'gone'");
    assertThat(email(other.take("solarproof", 1, LEASE))).isEqualTo("a@example.com");
  }

  @Test
  void eachDeliveryHasACopyOfTheData() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo", "solarproof");

    fixture.take("enerflo").get(0).event().data().put("email", "changed@example.com");

    assertThat(email(fixture.take("solarproof"))).isEqualTo("a@example.com");
  }

  @Test
  void anEventThatWasDeletedAndIsSentAgainIsReadAnew() throws SQLException {
    DeliveryQueue other = fixture.queueOfAnotherPod();
    fixture.add(lead("one", "A", "added@example.com"), "enerflo");
    assertThat(email(other.take("enerflo", 1, LEASE))).as("both have it").startsWith("added");
    fixture.execute("delete from delivery_work");
    fixture.execute("delete from event");

    DeliveryQueue third = fixture.queueOfAnotherPod();
    third.add(
        List.of(fixture.routed(lead("one", "A", "again@example.com"), "enerflo", "solarproof")));

    assertThat(email(fixture.take("enerflo"))).isEqualTo("again@example.com");
    assertThat(email(other.take("solarproof", 1, LEASE))).isEqualTo("again@example.com");
  }

  @Test
  void aDestinationAddedLaterReceivesTheSameEvent() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.add(lead("one", "A", "ignored@example.com"), "enerflo", "solarproof");

    assertThat(email(fixture.take("enerflo"))).isEqualTo("a@example.com");
    assertThat(email(fixture.take("solarproof"))).isEqualTo("a@example.com");
  }

  @Test
  void anEventIsTheSameFromMemoryAndFromTheDatabase() throws SQLException {
    Event lead = lead("one", "A", "  Ada@Example.COM ");
    lead.data().put("mobile", "(801) 555-0100").put("state", "Utah").put("unknown", 1.10);
    ConsumerRecord<byte[], byte[]> record = fixture.routed(lead).original();
    Event event = EventReader.read(record);
    DerivedEvents derived = new DerivedEvents(event, reason -> {});
    List<String> destinations = List.of("enerflo", "solarproof");
    fixture.queue.add(List.of(new RoutedEvent(event, record, destinations, derived)));

    Delivery cached = fixture.take("enerflo").get(0);
    Delivery read = fixture.queueOfAnotherPod().take("solarproof", 1, LEASE).get(0);

    assertThat(cached.event()).isEqualTo(read.event());
    assertThat(cached.origin()).isEqualTo(read.origin());
    assertThat(cached.bytes()).isEqualTo(read.bytes());
  }

  @Test
  void manyTinyEventsCountWithTheirObjects() throws SQLException {
    EventCache cache = new EventCache(fixture.memory);
    OffsetDateTime now = OffsetDateTime.now();
    int most = (int) (fixture.memory.cacheBytes() / EventCache.OVERHEAD);
    Map<EventKey, OffsetDateTime> keys = new HashMap<>();
    StoredEvent tiny = StoredEvent.of(lead("", "A", ""), DeliveryOrigin.now(), 2, now);
    for (int n = 0; n < 2 * most; n++) {
      EventKey key = new EventKey("crm", "" + n);
      cache.add(key, tiny);
      keys.put(key, now);
    }

    try (Connection connection = fixture.connection()) {
      assertThat(cache.read(connection, keys)).hasSizeBetween(most / 2, most);
    }
  }

  @Test
  void theCacheHasALimitInBytes() throws SQLException {
    int bytes = (int) fixture.memory.cacheBytes();
    fixture.add(leadOfBytes("large", bytes / 2), "enerflo");
    for (int i = 0; i < 40; i++) {
      fixture.add(leadOfBytes("newer-" + i, bytes / 20), "crm");
    }
    fixture.execute("update event set value = 'gone' where id = 'large'");

    assertThat(fixture.take("enerflo")).as("the large event was read again").isEmpty();
    assertThat(fixture.column("select state from delivery where event_id = 'large'"))
        .containsExactly("dead");
  }

  @Test
  void aDeliveryWithoutItsEventIsDead() throws SQLException {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.execute("delete from event");

    assertThat(fixture.queueOfAnotherPod().take("enerflo", 1, LEASE)).isEmpty();
    assertThat(fixture.column("select state || ': ' || reason from delivery"))
        .containsExactly("dead: the ledger has no such event");
  }

  private static Event leadOfBytes(String id, int bytes) {
    return lead(id, id, "a@example.com")
        .withData(lead(id, id, "a".repeat(bytes) + "@example.com").data());
  }

  private static String email(List<Delivery> taken) {
    assertThat(taken).hasSize(1);
    return taken.get(0).event().data().path("email").asText();
  }
}
