package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.normal.IdNormalizer;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.reconcile.LeadParts;
import org.solarrelay.vendor.reconcile.LeadParts.StatusRule;
import org.solarrelay.vendor.reconcile.ListedPart;
import org.solarrelay.vendor.reconcile.ListedPart.Trait;
import org.solarrelay.vendor.reconcile.ListedRecord;
import org.solarrelay.vendor.reconcile.ListedRecord.Times;
import org.solarrelay.vendor.reconcile.MissedChange;

/**
 * Reads a record of Enerflo's lists: a customer, an install with its milestones, or a note. Each
 * becomes what a webhook would have made of it. Records that are deleted are left out.
 */
final class EnerfloListedRecord {

  private static final String VENDOR = "enerflo";

  /** Statuses that someone sets; Enerflo gives new installs another one. */
  private static final Set<String> SET_STATUSES = Set.of("on-hold", "completed", "voided");

  private static final String NO_DATES = "none";

  private final EnerfloInstallStatuses statuses;

  EnerfloListedRecord(EnerfloInstallStatuses statuses) {
    this.statuses = statuses;
  }

  Optional<ListedRecord> customer(JsonFields customer) {
    String id = customer.text("id");
    if (IdNormalizer.isNoId(id) || isDeleted(customer)) {
      return Optional.empty();
    }
    // each company names its statuses, so the first one that is seen is no change
    StatusRule rule = new StatusRule(EventType.LEAD_CHANGED, true, true);
    return LeadParts.of(VENDOR, id, EnerfloWebhookCustomer.ofList(customer), rule)
        .map(parts -> record(id, id, customer, parts.creation(), parts.parts()));
  }

  Optional<ListedRecord> install(JsonFields fields) {
    EnerfloWebhookInstall install = new EnerfloWebhookInstall(fields);
    String id = fields.text("id");
    if (IdNormalizer.isNoId(id) || isDeleted(fields)) {
      return Optional.empty();
    }
    List<ListedPart> parts = new ArrayList<>();
    String status = statuses.word(fields);
    if (status != null) {
      Trait[] traits = SET_STATUSES.contains(status) ? new Trait[0] : new Trait[] {Trait.INITIAL};
      parts.add(
          ListedPart.of("status", MissedChange.STATUS, EventType.PROJECT_STATUS_CHANGED)
              .data(
                  LeadParts.normalized(
                      VENDOR,
                      EventType.PROJECT_STATUS_CHANGED,
                      EnerfloInstallTranslator.statusChangedData(install, status)))
              .value(status)
              .scope(id)
              .traits(traits)
              .build());
    }
    for (JsonNode milestone : fields.node().path("milestones")) {
      EnerfloWebhookMilestone.ofListed(new JsonFields(milestone))
          .map(found -> milestone(id, found, install.ids(id)))
          .ifPresent(parts::add);
    }
    ListedPart creation =
        ListedPart.of("creation", MissedChange.CREATED, EventType.PROJECT_SUBMITTED)
            .data(
                LeadParts.normalized(
                    VENDOR,
                    EventType.PROJECT_SUBMITTED,
                    EnerfloInstallTranslator.submittedData(install)))
            .value(id)
            .scope(id)
            .build();
    return Optional.of(record(id, id, fields, creation, parts));
  }

  Optional<ListedRecord> note(JsonFields fields) {
    String id = fields.text("note_id");
    String install = fields.text("id", "epc_install_id");
    String text = fields.text("note");
    if (IdNormalizer.isNoId(id)
        || IdNormalizer.isNoId(install)
        || isDeleted(fields)
        || text == null) {
      return Optional.empty();
    }
    EnerfloWebhookNote note = EnerfloWebhookNote.ofListed(install, id, text);
    ListedPart creation =
        ListedPart.of("creation", MissedChange.CREATED, EventType.PROJECT_NOTE_ADDED)
            .data(
                LeadParts.normalized(
                    VENDOR,
                    EventType.PROJECT_NOTE_ADDED,
                    EnerfloProgressTranslator.noteAddedData(
                        note, Map.of(EnerfloIds.INSTALL, install))))
            .value(id)
            .scope(install, id)
            .build();
    return Optional.of(record(id, install, fields, creation, List.of()));
  }

  private static ListedPart milestone(
      String install, EnerfloWebhookMilestone found, Map<String, String> ids) {
    String id = found.milestone().id() != null ? found.milestone().id() : found.milestone().name();
    String dates =
        Stream.of(found.startedOn(), found.dueOn(), found.completedOn())
            .map(date -> date == null ? "" : date)
            .collect(Collectors.joining(" "));
    boolean none = dates.isBlank();
    return ListedPart.of(
            "milestone " + id, MissedChange.MILESTONE, EventType.PROJECT_MILESTONE_CHANGED)
        .data(
            LeadParts.normalized(
                VENDOR,
                EventType.PROJECT_MILESTONE_CHANGED,
                EnerfloProgressTranslator.milestoneChangedData(found, ids)))
        .value(none ? NO_DATES : dates)
        .scope(install, id)
        .traits(none ? new Trait[] {Trait.INITIAL} : new Trait[0])
        .build();
  }

  private static ListedRecord record(
      String id, String subject, JsonFields fields, ListedPart creation, List<ListedPart> parts) {
    return new ListedRecord(
        id,
        subject,
        new Times(time(fields, "created_at"), time(fields, "updated_at")),
        creation,
        parts);
  }

  private static OffsetDateTime time(JsonFields fields, String name) {
    String own = fields.text(name);
    return EnerfloWebhookTime.time(own != null ? own : fields.in("timestamps").text(name));
  }

  private static boolean isDeleted(JsonFields fields) {
    return time(fields, "deleted_at") != null;
  }
}
