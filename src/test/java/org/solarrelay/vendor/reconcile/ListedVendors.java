package org.solarrelay.vendor.reconcile;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.solarrelay.VendorStubs;

/** The records of Enerflo and Solar Proof, their lists and their webhooks. */
final class ListedVendors {

  private static final int SOLAR_PROOF_PAGE = 50;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A customer as the test's people see it. */
  static final class Customer {
    final String id;
    final String name;
    String email;
    String phone;
    String status;
    String statusBefore;

    Customer(String id, String phone, String status) {
      this.id = id;
      this.name = "Robin" + id;
      this.email = "reconcile-%s@example.com".formatted(id);
      this.phone = phone;
      this.status = status;
      this.statusBefore = status;
    }

    String email() {
      return email;
    }

    void setStatus(String next) {
      statusBefore = status;
      status = next;
    }
  }

  /** An install. */
  static final class Install {
    final String id;
    final long customerId;
    String status = "Active";
    String completedOn;

    Install(String id, long customerId) {
      this.id = id;
      this.customerId = customerId;
    }
  }

  final Map<String, Customer> solarProof = new LinkedHashMap<>();
  final Map<String, Customer> enerflo = new LinkedHashMap<>();
  final Map<String, Install> installs = new LinkedHashMap<>();
  final List<ObjectNode> notes = new ArrayList<>();
  int enerfloPage = 100;

  /** Stubs the pages of all lists, each in an order of its own. */
  void stubLists(Random random) {
    List<ObjectNode> customers = new ArrayList<>();
    solarProof.values().forEach(customer -> customers.add(ofSolarProof(customer)));
    Collections.shuffle(customers, random);
    for (int page = 1; page <= customers.size() / SOLAR_PROOF_PAGE + 2; page++) {
      VendorStubs.stub(
          VendorStubs.solarProof("getallcustomers")
              .withQueryParam("page", equalTo(String.valueOf(page)))
              .willReturn(okJson(page(customers, page, SOLAR_PROOF_PAGE).toString())));
    }
    List<ObjectNode> leads = new ArrayList<>();
    enerflo.values().forEach(customer -> leads.add(ofEnerflo(customer)));
    Collections.shuffle(leads, random);
    stubPages("/api/v1/customers", "data", "dataCount", leads, enerfloPage);
    List<ObjectNode> projects = new ArrayList<>();
    installs.values().forEach(install -> projects.add(install(install)));
    Collections.shuffle(projects, random);
    stubPages("/api/v3/installs", "results", "total", projects, 50);
    ObjectNode page = JSON.objectNode().put("totalPages", 1);
    page.putArray("notes").addAll(notes);
    VendorStubs.stub(
        get(urlPathEqualTo("/api/v3/installs/notes")).willReturn(okJson(page.toString())));
  }

  private static void stubPages(
      String path, String list, String total, List<ObjectNode> records, int size) {
    for (int page = 1; page <= records.size() / size + 2; page++) {
      ObjectNode body = JSON.objectNode().put(total, records.size());
      body.set(list, page(records, page, size));
      VendorStubs.stub(
          get(urlPathEqualTo(path))
              .withQueryParam("page", equalTo(String.valueOf(page)))
              .willReturn(okJson(body.toString())));
    }
  }

  private static ArrayNode page(List<ObjectNode> records, int page, int size) {
    ArrayNode rows = JSON.arrayNode();
    records.stream().skip((long) (page - 1) * size).limit(size).forEach(rows::add);
    return rows;
  }

  static ObjectNode ofSolarProof(Customer customer) {
    return JSON.objectNode()
        .put("customer_id", Long.parseLong(customer.id))
        .put("customer_first_name", customer.name)
        .put("customer_last_name", "Sample")
        .put("customer_email", customer.email())
        .put("customer_phone_1", customer.phone)
        .put("customer_type", "Residential")
        .put("customer_status", customer.status);
  }

  /** The webhook customer_created, newer. */
  static String created(Customer customer) {
    return JSON.objectNode()
        .put("customer_id", Long.parseLong(customer.id))
        .put("first_name", customer.name)
        .put("surname", "Sample")
        .put("customer_email", customer.email())
        .put("phone_primary", customer.phone)
        .put("customer_type_id", 1)
        .put("customer_status_id", customer.status)
        .toString();
  }

  /** The webhook customer_status_change, older. */
  static String statusChanged(Customer customer) {
    return JSON.objectNode()
        .put("pkcustomerid", Long.parseLong(customer.id))
        .put("customer_email", customer.email())
        .put("customer_name", customer.name + " Sample")
        .put("customer_type", "RESIDENTIAL")
        .put("old_status", customer.statusBefore)
        .put("new_status", customer.status)
        .toString();
  }

  static ObjectNode ofEnerflo(Customer customer) {
    ObjectNode lead =
        JSON.objectNode()
            .put("id", Long.parseLong(customer.id))
            .put("first_name", customer.name)
            .put("last_name", "Sample")
            .put("full_name", customer.name + " Sample")
            .put("email", customer.email())
            .put("phone", customer.phone)
            .put("status", customer.status);
    lead.putObject("address")
        .put("street", customer.id + " Sample Street")
        .put("city", "Testville")
        .put("state", "CA")
        .put("zip", "90001");
    return lead;
  }

  /** The webhook new_customer or update_customer. */
  static String webhook(String event, Customer customer) {
    return ofEnerflo(customer).put("webhook_event", event).toString();
  }

  static ObjectNode install(Install install) {
    ObjectNode fields =
        JSON.objectNode()
            .put("id", Long.parseLong(install.id))
            .put("customer_id", install.customerId)
            .put("status_name", install.status);
    fields
        .putObject("customer")
        .put("name", "Robin Sample")
        .put("email", "i" + install.id + "@example.com");
    ObjectNode milestone =
        fields.putArray("milestones").addObject().put("id", 4).put("title", "Permit Approved");
    milestone.putObject("install_milestone").put("completed_on", install.completedOn);
    return fields;
  }

  /** The webhook new_install or update_install. */
  static String webhook(String event, Install install) {
    return install(install).put("webhook_event", event).toString();
  }

  /** The webhook project_milestone_updated. */
  static String milestoneUpdated(Install install) {
    ObjectNode body =
        JSON.objectNode()
            .put("webhook_event", "project_milestone_updated")
            .put("install_id", Long.parseLong(install.id));
    body.putObject("milestone")
        .put("id", 4)
        .put("title", "Permit Approved")
        .put("completed_on", install.completedOn);
    return body.toString();
  }
}
