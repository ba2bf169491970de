package org.solarrelay.event.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Normalises the data of an event, field by field. Normalised data stays unchanged. An invalid
 * optional field is removed, with a note; an invalid required field stays for the schema to reject.
 */
public final class EventNormalizer {

  /** The country of a vendor's customers, for addresses without country. */
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
    fields.objectOf("ids", "");
    fields.inner("ids", EventNormalizer::ids);
    fields.singleNumbers("id");
    id(copy);
    String region = REGIONS.getOrDefault(source, "");
    if (type.startsWith("lead.") || type.equals("appointment.requested")) {
      leadShapes(fields);
      lead(fields, region);
      appointment(fields, type.equals("appointment.requested"));
    } else if (type.startsWith("project.") || type.equals("change-order.signed")) {
      project(fields, region, REGIONS.containsKey(source));
    } else if (type.equals("enrollment.changed")) {
      fields.singleTexts("status", "statusReason");
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
    lead.optionalWholeNumbers("dealType");
    lead.inner("company", company -> company(company, region));
  }

  /** Fields for which forms send lists with one value, or an empty list. */
  private static void leadShapes(FieldNormalizer lead) {
    lead.singleTexts("firstName", "lastName", "fullName", "email", "kind", "status", "source");
    lead.singleTexts("office", "owner", "creator", "setter", "note");
    lead.singleNumbers("mobile", "phone", "dealType");
    lead.single("smsOptIn", "skipValidation");
    lead.objectOf("address", "full");
    lead.objectOf("company", "name");
    lead.objectsOf("surveyFiles");
  }

  private static void project(FieldNormalizer project, String usualRegion, boolean ofVendor) {
    project.objectOf("address", "full");
    project.objectOf("customer", "fullName");
    project.objectOf("milestone", "name");
    project.singleTexts("status", "previous", "note", "author");
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
      // without the date Enerflo would reopen the milestone; the producer can send the event again
      project.requiredDate(order, "completedOn");
    }
    project.times("signedAt");
    project.ids("changeOrderId", "noteId");
    project.texts("author");
  }

  private static void person(FieldNormalizer person, String region) {
    person.singleTexts("firstName", "lastName", "fullName", "email");
    person.singleNumbers("mobile", "phone");
    person.texts("firstName", "lastName");
    person.surnameFirst();
    person.names("fullName");
    person.emails("email");
    person.phones(region, "mobile", "phone");
  }

  private static void company(FieldNormalizer company, String region) {
    company.singleTexts("name");
    company.singleNumbers("phone", "taxId");
    company.single("gstRegistered");
    company.texts("name");
    company.phones(region, "phone");
    company.ids("taxId");
    company.flags("gstRegistered");
  }

  /**
   * @param needed whether the event is about the appointment, so that the schema checks it; else an
   *     invalid appointment is removed
   */
  private static void appointment(FieldNormalizer lead, boolean needed) {
    if (!needed) {
      lead.objectOf("appointment", "");
    }
    lead.inner("appointment", EventNormalizer::appointment);
    if (!needed) {
      lead.removeUnreadable(
          "appointment",
          it ->
              it.isUsable("type", FieldNormalizer::isWholeNumber)
                  && it.isUsable("startsAt", FieldNormalizer::isTime));
    }
  }

  private static void appointment(FieldNormalizer appointment) {
    appointment.singleTexts("name", "assignee");
    appointment.singleNumbers("type");
    appointment.wholeNumbers("type");
    appointment.optionalWholeNumbers("minutes");
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
    for (String name : names(ids)) {
      ids.singleTexts(name);
    }
    for (Map.Entry<String, JsonNode> id : ids.object().properties()) {
      IdNormalizer.normalize(id.getValue())
          .ifPresent(normal -> id.setValue(TextNode.valueOf(normal)));
    }
  }

  private static List<String> names(FieldNormalizer fields) {
    return fields.object().properties().stream().map(Map.Entry::getKey).toList();
  }

  /** A whole number as a number: {@code 4711} for {@code 4711.0}. */
  private static void id(ObjectNode data) {
    JsonNode id = data.path("id");
    if (id.isTextual() || id.isNumber() && !id.isIntegralNumber()) {
      IdNormalizer.normalize(id).ifPresent(normal -> data.put("id", normal));
    }
  }
}
