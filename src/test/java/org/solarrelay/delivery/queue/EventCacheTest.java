package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.event.Event;

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
  void theCacheHasALimitInBytes() throws SQLException {
    int bytes = (int) fixture.memory.cacheBytes();
    Event large =
        lead("large", "A", "a@example.com")
            .withData(lead("large", "A", "a".repeat(bytes / 2) + "@example.com").data());
    fixture.add(large, "enerflo");
    fixture.addLeads(0, (int) (bytes / 100), "crm");
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

  private static String email(List<Delivery> taken) {
    assertThat(taken).hasSize(1);
    return taken.get(0).event().data().path("email").asText();
  }
}
