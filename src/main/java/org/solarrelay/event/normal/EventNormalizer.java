package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Normalises the data of an event, field by field. Normalised data stays as it is. Where nothing
 * sensible can be made of a field, the field is left out and a note says so; a field that the event
 * cannot do without stays for the schema to refuse.
 */
public final class EventNormalizer {

  /** Where the customers of a vendor are, if their address does not tell. */
  private static final Map<String, String> REGIONS = Map.of("enerflo", "US", "solarproof", "AU");

  private EventNormalizer() {}

  /**
   * Normalises data into a copy.
   *
   * @param type of the event, such as {@code lead.submitted}
   * @param source of the event, such as {@code enerflo}
   */
  public static Normalization normalize(String type, String source, ObjectNode data) {
    NormalizationNotes notes = new NormalizationNotes();
    ObjectNode copy = data.objectNode().setAll(data);
    FieldNormalizer fields = new FieldNormalizer(copy, notes);
    fields.inner("ids", EventNormalizer::ids);
    id(copy);
    String region = REGIONS.getOrDefault(source, "");
    if (type.startsWith("lead.") || type.equals("appointment.requested")) {
      lead(fields, region);
    } else if (type.startsWith("project.") || type.equals("change-order.signed")) {
      project(fields, region, REGIONS.containsKey(source));
    } else if (type.equals("enrollment.changed")) {
      fields.words(EnrollmentStatusNormalizer::normalize, "status");
    }
    return new Normalization(copy, notes.all());
  }

  private static void lead(FieldNormalizer lead, String usualRegion) {
    String region = address(lead, usualRegion);
    person(lead, region);
    lead.emails("owner", "creator", "setter");
    lead.texts("status", "source", "office");
    lead.onlyWord(LeadKindNormalizer::normalize, "kind", "is no kind of lead");
    lead.flags("smsOptIn", "skipValidation");
    lead.wholeNumbers("dealType");
    lead.inner("company", company -> company(company, region));
    lead.inner("appointment", EventNormalizer::appointment);
  }

  private static void project(FieldNormalizer project, String usualRegion, boolean ofVendor) {
    String region = address(project, usualRegion);
    project.inner(
        "customer",
        customer -> {
          person(customer, region);
          customer.ids("id");
        });
    project.words(ProjectStatusNormalizer::normalize, "status", "previous");
    project.inner(
        "milestone",
        milestone -> {
          milestone.ids("id");
          milestone.texts("name");
        });
    DateOrder order = DateOrder.in(region);
    project.dates(order, "startedOn", "dueOn");
    if (ofVendor) {
      project.dates(order, "completedOn");
    } else {
      // without it Enerflo would open the milestone again; a producer can send it once more
      project.neededDate(order, "completedOn");
    }
    project.times("signedAt");
    project.ids("changeOrderId", "noteId");
    project.texts("author");
  }

  private static void person(FieldNormalizer person, String region) {
    person.texts("firstName", "lastName");
    person.surnameFirst();
    person.names("fullName");
    person.emails("email");
    person.phones(region, "mobile", "phone");
  }

  private static void company(FieldNormalizer company, String region) {
    company.texts("name");
    company.phones(region, "phone");
    company.ids("taxId");
    company.flags("gstRegistered");
  }

  private static void appointment(FieldNormalizer appointment) {
    appointment.wholeNumbers("type", "minutes");
    appointment.texts("name");
    appointment.times("startsAt");
    appointment.emails("assignee");
  }

  private static String address(FieldNormalizer fields, String usualRegion) {
    List<String> region = new ArrayList<>(List.of(usualRegion));
    fields.inner(
        "address", address -> region.set(0, AddressNormalizer.normalize(address, usualRegion)));
    return region.get(0);
  }

  private static void ids(FieldNormalizer ids) {
    for (Map.Entry<String, JsonNode> id : ids.object().properties()) {
      IdNormalizer.normalize(id.getValue())
          .ifPresent(normal -> id.setValue(TextNode.valueOf(normal)));
    }
  }

  /** A number stays a number: {@code 4711} of {@code 4711.0}. */
  private static void id(ObjectNode data) {
    JsonNode id = data.path("id");
    if (id.isTextual() || id.isNumber() && !id.isIntegralNumber()) {
      IdNormalizer.normalize(id).ifPresent(normal -> data.put("id", normal));
    }
  }
}
