package org.solarrelay.enerflo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventData;
import org.solarrelay.event.EventType;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Lead;

/** Puts what Enerflo knows into the gaps of an event's data; what the event says stays. */
final class EnerfloCompletion {

  private EnerfloCompletion() {}

  static Event withInstall(Event event, EnerfloInstall install) {
    ObjectNode data = event.data().deepCopy();
    data.set("install", install.node());
    putId(data, EnerfloIds.INSTALL, install.id());
    putId(data, EnerfloIds.CUSTOMER, install.customerId());
    if (EventType.PROJECT_MILESTONE_CHANGED.id().equals(event.type())) {
      completeMilestone(data, install);
    }
    completeCustomer(data, install.customer());
    return event.withData(data);
  }

  /**
   * @param answer of Enerflo's, the customer sometimes inside {@code customer} or {@code data}
   */
  static Event withCustomer(Event event, JsonNode answer) {
    ObjectNode data = event.data().deepCopy();
    JsonNode customer =
        Stream.of(answer.path("customer"), answer.path("data"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(answer);
    completeCustomer(data, new JsonFields(customer));
    return event.withData(data);
  }

  private static void completeMilestone(ObjectNode data, EnerfloInstall install) {
    JsonFields given = new JsonFields(data).in("milestone");
    install
        .milestone(given.text("id"), given.text("name"))
        .ifPresent(
            found -> {
              ObjectNode milestone = object(data, "milestone");
              put(milestone, "id", found.text("id"));
              put(milestone, "name", EnerfloInstall.title(found));
              JsonFields dates = found.in("install_milestone");
              put(data, "startedOn", dates.text("start_date"));
              put(data, "dueOn", dates.text("due_date"));
              put(data, "completedOn", dates.text("completed_on"));
            });
  }

  private static void completeCustomer(ObjectNode data, JsonFields known) {
    if (!known.isObject() || known.node().isEmpty()) {
      return;
    }
    String id = known.text("id");
    putId(data, EnerfloIds.customerName(id), id);
    ObjectNode customer = object(data, "customer");
    put(customer, "id", new JsonFields(data).in("ids").text(EnerfloIds.CUSTOMER));
    put(customer, "firstName", known.text("first_name", "firstName"));
    put(customer, "lastName", known.text("last_name", "lastName"));
    put(customer, "fullName", known.text("full_name", "fullName", "name"));
    put(customer, "email", known.email("email"));
    put(customer, "phone", EnerfloPhone.known(known.text("phone")));
    put(customer, "mobile", EnerfloPhone.known(known.text("mobile")));
    completeAddress(data, known);
  }

  private static void completeAddress(ObjectNode data, JsonFields customer) {
    JsonFields given = new JsonFields(data).in("address");
    Lead.Address known = EnerfloWebhookAddress.of(inParts(customer));
    if (known != null && given.text("full", "street", "city", "zip") == null) {
      data.set("address", EventData.write(known));
    }
  }

  /** Enerflo's v3 customer has its address in fields of its own, beside its street. */
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

  private static void putId(ObjectNode data, String name, String id) {
    put(object(data, "ids"), name, id);
  }

  private static void put(ObjectNode object, String name, String value) {
    if (value != null && new JsonFields(object).text(name) == null) {
      object.put(name, value);
    }
  }

  private static ObjectNode object(ObjectNode data, String name) {
    return data.path(name) instanceof ObjectNode object ? object : data.putObject(name);
  }
}
