package org.solarrelay.vendor.enerflo.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.solarrelay.event.Event;

class EnerfloStatusesTest {

  private final AtomicLong now = new AtomicLong();
  private final EnerfloStatuses statuses = new EnerfloStatuses(now::get);
  private final Event active = event("project.status-changed", "{\"status\":\"active\"}");

  @Test
  void theListIsCachedForTenMinutes() throws Exception {
    assertThat(statuses.isUnknown(active)).isTrue();

    statuses.learn("[{\"id\":1,\"name\":\"Active\"}]".getBytes(UTF_8));
    now.set(Duration.ofMinutes(9).toNanos());
    assertThat(statuses.isUnknown(active)).isFalse();

    now.set(Duration.ofMinutes(11).toNanos());
    assertThat(statuses.isUnknown(active)).isTrue();
  }

  @Test
  void invalidEntriesAreIgnored() throws Exception {
    String list =
        "{\"data\":[null,{\"name\":\"x\"},{\"id\":\"a\",\"name\":\"y\"},{\"id\":1,\"title\":\"Active\"}]}";

    statuses.learn(list.getBytes(UTF_8));

    assertThat(statuses.idOf(active)).isEqualTo(1);
  }
}
