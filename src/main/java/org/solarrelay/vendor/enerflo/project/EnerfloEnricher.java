package org.solarrelay.vendor.enerflo.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;
import org.solarrelay.vendor.enerflo.EnerfloIds;
import org.solarrelay.vendor.enerflo.EnerfloPhone;
import org.solarrelay.vendor.enerflo.EnerfloPostalAddress;

/** Fills missing fields of an event's data from Enerflo's responses. Other fields stay. */
final class EnerfloEnricher {

  /** The missing fields of a JSON object. */
  private record MissingFields(ObjectNode node) {

    /** Sets a field, unless the value is null or the field has a value. */
    void fill(String name, String value) {
      if (value != null && fields().text(name) == null) {
        node.put(name, value);
      }
    }

    /** The inner object with this name; created if it is missing. */
    MissingFields in(String name) {
      return new MissingFields(
          node.path(name) instanceof ObjectNode object ? object : node.putObject(name));
    }

    JsonFields fields() {
      return new JsonFields(node);
    }
  }

  private EnerfloEnricher() {}

  /** The event with the install, and with its milestone, customer and address. */
  static Event withInstall(Event event, EnerfloInstall install) {
    MissingFields data = new MissingFields(event.data().deepCopy());
    data.node().set("install", install.node());
    data.in("ids").fill(EnerfloIds.INSTALL, install.id());
    data.in("ids").fill(EnerfloIds.CUSTOMER, install.customerId());
    if (EventType.PROJECT_MILESTONE_CHANGED.id().equals(event.type())) {
      fillMilestone(data, install);
    }
    fillCustomer(data, install.customer());
    return event.enriched(data.node());
  }

  /**
   * The event with its customer and address.
   *
   * @param response the response; the customer may be inside {@code customer} or {@code data}
   */
  static Event withCustomer(Event event, JsonNode response) {
    MissingFields data = new MissingFields(event.data().deepCopy());
    JsonNode customer =
        Stream.of(response.path("customer"), response.path("data"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(response);
    fillCustomer(data, new JsonFields(customer));
    return event.enriched(data.node());
  }

  private static void fillMilestone(MissingFields data, EnerfloInstall install) {
    JsonFields given = data.fields().in("milestone");
    install
        .milestone(given.text("id"), given.text("name"))
        .ifPresent(
            found -> {
              MissingFields milestone = data.in("milestone");
              milestone.fill("id", found.text("id"));
              milestone.fill("name", EnerfloInstall.title(found));
              JsonFields dates = found.in("install_milestone");
              data.fill("startedOn", dates.text("start_date"));
              data.fill("dueOn", dates.text("due_date"));
              data.fill("completedOn", dates.text("completed_on"));
            });
  }

  private static void fillCustomer(MissingFields data, JsonFields known) {
    if (!known.isObject() || known.node().isEmpty()) {
      return;
    }
    String id = known.text("id");
    MissingFields ids = data.in("ids");
    ids.fill(EnerfloIds.customerName(id), id);
    MissingFields customer = data.in("customer");
    customer.fill("id", ids.fields().text(EnerfloIds.CUSTOMER));
    customer.fill("firstName", known.text("first_name", "firstName"));
    customer.fill("lastName", known.text("last_name", "lastName"));
    customer.fill("fullName", known.text("full_name", "fullName", "name"));
    customer.fill("email", known.email("email"));
    customer.fill("phone", EnerfloPhone.known(known.text("phone")));
    customer.fill("mobile", EnerfloPhone.known(known.text("mobile")));
    fillAddress(data, known);
  }

  private static void fillAddress(MissingFields data, JsonFields customer) {
    JsonFields given = data.fields().in("address");
    Lead.Address known = EnerfloPostalAddress.of(inParts(customer));
    if (known != null && given.text("full", "street", "city", "zip") == null) {
      data.node().set("address", EventData.write(known));
    }
  }

  /** The customer with its address as an object: in v3, {@code address} is the street only. */
  private static JsonFields inParts(JsonFields customer) {
    if (customer.in("address").isObject() || customer.text("city", "state", "zip") == null) {
      return customer;
    }
    ObjectNode address = JsonNodeFactory.instance.objectNode();
    address.set("street", customer.node().path("address"));
    for (String part : new String[] {"city", "state", "zip", "county", "country", "lat", "lng"}) {
      address.set(part, customer.node().path(part));
    }
    return new JsonFields(JsonNodeFactory.instance.objectNode().set("address", address));
  }
}
