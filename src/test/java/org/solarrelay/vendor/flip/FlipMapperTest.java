package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;

class FlipMapperTest {

  private static final String INSTALL_901 = "\"ids\":{\"enerflo.install\":\"901\"}";

  private final FlipMapper mapper =
      new FlipMapper(false, List.of("Permission to Operate", "77", " Meter Set "));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on-hold | PAUSE    | PAUSED     | Install 901 put on hold in Enerflo",
        "On Hold | PAUSE    | PAUSED     | Install 901 put on hold in Enerflo",
        "on_hold | PAUSE    | PAUSED     | Install 901 put on hold in Enerflo",
        "active  | RESUME   | ACTIVE     | Install 901 active again in Enerflo",
        "voided  | UNENROLL | UNENROLLED | Install 901 voided in Enerflo"
      })
  void theStatusOfAnInstallSetsTheStatusOfTheEnrollmentWithAReason(
      String word, FlipTransition transition, String status, String reason) {
    FlipChange change = mapper.status(status("enerflo", word));

    assertThat(change.transition()).isEqualTo(transition);
    assertThat(change.update()).isEqualTo(FlipUpdate.ofStatus(status, reason));
    assertThat(change.reasonGiven()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completed       | A completed project does not change its enrollment",
        "Permit Rejected | Flip has no counterpart of the status Permit Rejected"
      })
  void otherStatusesRequestNoChange(String word, String why) {
    assertThat(mapper.status(status("crm", word))).isEqualTo(FlipChange.nothing(why));
  }

  @ParameterizedTest
  @CsvSource({
    "crm, Project 4711 put on hold in the CRM",
    "solarproof, Project 4711 put on hold in Solar Proof",
    "web, Project 4711 put on hold in a web form",
    "fieldtool, Project 4711 put on hold in fieldtool"
  })
  void aReasonNamesTheSystemAndTheInstallOrProject(String source, String reason) {
    Event event = event(source, "project.status-changed", "4711", "{\"status\":\"on-hold\"}");

    assertThat(mapper.status(event).update().statusReason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"permission TO operate\"}",
        "{\"id\":77,\"name\":\"PTO\"}",
        "{\"name\":\"Meter set\"}"
      })
  void aMilestoneActivatesByNameInAnyCaseOrById(String milestone) {
    FlipChange change = mapper.milestone(milestone(milestone, "\"2026-04-18\""));

    assertThat(change.update().status()).isEqualTo("ACTIVE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Final Inspection", "pto", "Permission to Operate"})
  void milestonesThatARouteNamesActivateBesideTheConfiguredOnes(String name) {
    Event event = milestone("{\"name\":\"%s\"}".formatted(name), "\"2026-04-18\"");

    assertThat(mapper.milestoneAlso(event, "PTO, final inspection").update().status())
        .isEqualTo("ACTIVE");
  }

  @Test
  void theReasonOfAnActivationNamesTheMilestoneAndItsDay() {
    String reason = "Install 901 reached Permission to Operate on 2026-04-18 in Enerflo";

    FlipChange change =
        mapper.milestone(
            milestone("{\"name\":\"Permission to Operate\"}", "\"2026-04-18T23:20:00-06:00\""));

    assertThat(change.update()).isEqualTo(FlipUpdate.ofStatus("ACTIVE", reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"Permission to Operate\"} | null         | Permission to Operate is not completed yet",
        "{\"name\":\"Permission to Operate\"} | \"\"         | Permission to Operate is not completed yet",
        "{\"name\":\"Site Survey\"}           | \"2026-04-18\" | Flip does not receive Site Survey",
        "{\"id\":\"78\"}                      | \"2026-04-18\" | Flip does not receive milestone 78"
      })
  void otherMilestonesRequestNoChange(String milestone, String completedOn, String why) {
    assertThat(mapper.milestone(milestone(milestone, completedOn)))
        .isEqualTo(FlipChange.nothing(why));
  }

  @Test
  void aSubmittedProjectSetsPending() {
    Event event = event("enerflo", "project.submitted", "901", "{" + INSTALL_901 + "}");

    assertThat(mapper.submitted(event).update())
        .isEqualTo(FlipUpdate.ofStatus("PENDING", "Install 901 submitted in Enerflo"));
  }

  @Test
  void anUnknownStatusIsRejectedWithTheListOfStatuses() {
    assertThatThrownBy(() -> mapper.enrollment(enrollment("APPROVED")))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("NEEDS_ACTION");
  }

  @ParameterizedTest
  @CsvSource({"UNENROLLED, true", "rejected, true", "PAUSED, false", "ACTIVE, false"})
  void unenrollingNeedsApprovalUnlessItIsAllowedInGeneral(String status, boolean needsApproval) {
    FlipMapper trusting = new FlipMapper(true, List.of());

    assertThat(mapper.enrollment(enrollment(status)).needsApproval()).isEqualTo(needsApproval);
    assertThat(trusting.enrollment(enrollment(status)).needsApproval()).isFalse();
    assertThat(mapper.status(status("crm", "voided")).needsApproval()).isTrue();
    assertThat(trusting.status(status("crm", "voided")).needsApproval()).isFalse();
  }

  private static Event status(String source, String status) {
    String data = "{\"status\":\"%s\",%s}".formatted(status, INSTALL_901);
    return event(source, "project.status-changed", "5d0c2f6e", data);
  }

  private static Event milestone(String milestone, String completedOn) {
    String data =
        "{\"milestone\":%s,\"completedOn\":%s,%s}".formatted(milestone, completedOn, INSTALL_901);
    return event("enerflo", "project.milestone-changed", "5d0c2f6e", data);
  }

  private static Event enrollment(String status) {
    return event("crm", "enrollment.changed", "4711", "{\"status\":\"%s\"}".formatted(status));
  }
}
