package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.queue.QueueFixture.eventIds;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryApprovalsTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void holdADelivery() throws SQLException {
    fixture.add(lead("first", "A", "a@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.held("needs approval"));
  }

  @Test
  void aHeldDeliveryIsNotAttemptedAndBlocksNoOther() throws SQLException {
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");

    assertThat(eventIds(fixture.take("enerflo"))).containsExactly("second");
    DeliveryQueries.DeliveryEntry entry = fixture.entry("first", "enerflo");
    assertThat(entry.state()).isEqualTo(DeliveryState.HELD);
    assertThat(entry.reason()).isEqualTo("needs approval");
    assertThat(entry.finishedAt()).isNull();
  }

  @Test
  void anApprovedDeliveryIsAttemptedAgainAsApproved() throws SQLException {
    assertThat(fixture.approvals.approve(idOfFirst(), "ada")).hasValue(DeliveryState.PENDING);

    List<Delivery> taken = fixture.take("enerflo");
    assertThat(taken).singleElement().satisfies(d -> assertThat(d.approved()).isTrue());
    assertThat(taken.get(0).retried()).as("it does not count for the objective").isTrue();
  }

  @Test
  void anApprovedDeliveryThatIsSupersededIsSkipped() throws SQLException {
    fixture.add(lead("second", "A", "a@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("1"));

    assertThat(fixture.approvals.approve(idOfFirst(), "ada")).hasValue(DeliveryState.SKIPPED);

    DeliveryQueries.DeliveryEntry entry = fixture.entry("first", "enerflo");
    assertThat(entry.reason()).isEqualTo("superseded by event second");
    assertThat(entry.finishedAt()).isNotNull();
  }

  @Test
  void aDeclinedDeliveryIsSkipped() throws SQLException {
    assertThat(fixture.approvals.decline(idOfFirst(), "ada")).hasValue(DeliveryState.SKIPPED);

    assertThat(fixture.take("enerflo")).isEmpty();
    assertThat(fixture.entry("first", "enerflo").reason()).isEqualTo("declined by an operator");
  }

  @Test
  void onlyAHeldDeliveryCanBeApprovedOrDeclined() throws SQLException {
    fixture.approvals.approve(idOfFirst(), "ada");

    assertThat(fixture.approvals.approve(idOfFirst(), "ada")).isEmpty();
    assertThat(fixture.approvals.decline(idOfFirst(), "ada")).isEmpty();
    assertThat(fixture.approvals.approve(0, "ada")).isEmpty();
  }

  private static long idOfFirst() throws SQLException {
    return fixture.entry("first", "enerflo").id();
  }
}
