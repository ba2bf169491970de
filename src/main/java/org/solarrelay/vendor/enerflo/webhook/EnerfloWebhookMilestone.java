package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Project.Milestone;

/**
 * The milestone in a {@code project_milestone_updated}. Its fields are not documented; their names
 * are those of milestones elsewhere: {@code milestones[]{id, title, install_milestone{start_date,
 * completed_on}}} and {@code current_milestone} of an install (Enerflo, Install Object and Signed
 * Change Order Example).
 *
 * @param startedOn YYYY-MM-DD or null
 * @param dueOn YYYY-MM-DD or null
 * @param completedOn YYYY-MM-DD or null
 */
record EnerfloWebhookMilestone(
    Milestone milestone, String startedOn, String dueOn, String completedOn) {

  private static final String EXPECTED_FIELDS =
      "milestone, install_milestone, project_milestone, milestone_id, milestone_name,"
          + " milestone_title, milestones[0], current_milestone";

  /**
   * Reads the milestone.
   *
   * @throws InvalidMessageException if the webhook has no milestone; the text names the expected
   *     fields
   */
  static EnerfloWebhookMilestone of(EnerfloWebhookInstall install) {
    JsonFields root = install.root();
    List<JsonFields> places = new ArrayList<>();
    Stream.of("milestone", "project_milestone", "updated_milestone", "install_milestone")
        .map(root::in)
        .forEach(places::add);
    Milestone milestone = named(root, places);
    if (milestone == null && install.namedId() != null && !root.in("install").isObject()) {
      milestone = rootMilestone(root, install.namedId());
    }
    for (JsonFields last :
        List.of(only(root.in("milestones").node()), root.in("current_milestone"))) {
      if (milestone == null) {
        places.add(0, last);
        milestone = named(root, List.of(last));
      }
    }
    if (milestone == null) {
      throw new InvalidMessageException(
          "Enerflo's webhook names no milestone: no id and no name under any of "
              + EXPECTED_FIELDS);
    }
    places.add(root);
    return new EnerfloWebhookMilestone(milestone, start(places), due(places), completion(places));
  }

  /** Reads a milestone of an install in Enerflo's list; empty where it has no id and no name. */
  static Optional<EnerfloWebhookMilestone> ofListed(JsonFields milestone) {
    List<JsonFields> places = List.of(milestone);
    return Optional.ofNullable(named(new JsonFields(null), places))
        .map(
            found ->
                new EnerfloWebhookMilestone(found, start(places), due(places), completion(places)));
  }

  private static String start(List<JsonFields> places) {
    return date(places, "start_date", "started_on", "started_at", "startDate");
  }

  private static String due(List<JsonFields> places) {
    return date(places, "due_date", "due_on", "due_at", "dueDate");
  }

  private static String completion(List<JsonFields> places) {
    return date(places, "completed_on", "completed_at", "completion_date", "completed_date");
  }

  private static Milestone named(JsonFields root, List<JsonFields> places) {
    String id = root.text("milestone_id", "epc_milestone_id", "project_milestone_id");
    String name = root.text("milestone_name", "milestone_title");
    String bare = root.text("milestone");
    boolean bareNumber = bare != null && bare.matches("\\d+");
    id = id == null && bareNumber ? bare : id;
    name = name == null && !bareNumber ? bare : name;
    for (JsonFields place : places) {
      JsonFields definition = place.in("milestone").isObject() ? place.in("milestone") : place;
      id = id != null ? id : milestoneId(place);
      id = id != null ? id : definition.text("id");
      name = name != null ? name : definition.text("title", "name");
    }
    return id == null && name == null ? null : new Milestone(id, name);
  }

  /** The milestone at the root, in a webhook that has its install's id in another field. */
  private static Milestone rootMilestone(JsonFields root, String installId) {
    String name = root.text("title", "name");
    String id = root.text("id");
    return name == null ? null : new Milestone(installId.equals(id) ? null : id, name);
  }

  /** The milestone's id, if {@code id} is the id of the relation between milestone and install. */
  private static String milestoneId(JsonFields place) {
    return place.text("milestone_id", "epc_milestone_id", "milestoneId");
  }

  private static JsonFields only(JsonNode milestones) {
    return new JsonFields(milestones.size() == 1 ? milestones.path(0) : null);
  }

  /**
   * A date's text. PHP writes a date as an object: {@code {"date": "2026-04-18 00:00:00.000000",
   * …}}.
   */
  private static String dateText(JsonFields place, String name) {
    String text = place.text(name);
    return text == null ? place.in(name).text("date") : text;
  }

  private static String date(List<JsonFields> places, String... names) {
    return places.stream()
        .flatMap(place -> Stream.of(place.in("install_milestone"), place))
        .flatMap(place -> Stream.of(names).map(name -> dateText(place, name)))
        .map(EnerfloWebhookTime::date)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
