package org.solarrelay.vendor.reconcile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.HistoryClient;
import org.solarrelay.RelayEnvironment;
import org.solarrelay.Senders;
import org.solarrelay.VendorStubs;
import org.solarrelay.event.ContentKey;
import org.solarrelay.event.Event;
import org.solarrelay.topic.client.RecordPublisher;
import org.solarrelay.vendor.reconcile.ListedVendors.Customer;
import org.solarrelay.vendor.reconcile.ListedVendors.Install;
import org.solarrelay.vendor.reconcile.ReconcileBench.Seen;
import org.solarrelay.vendor.reconcile.ReconcileService.Request;
import org.solarrelay.vendor.solarproof.SolarProofLists;

@QuarkusTest
@QuarkusTestResource(RelayEnvironment.class)
class ReconcileVendorsTest {

  private static final AtomicLong IDS =
      new AtomicLong(System.currentTimeMillis() % 1_000_000_000L * 1000);

  @Inject ReconcileBench bench;
  @Inject ReconcileService service;
  @Inject RunRepository runs;
  @Inject PageComparison comparison;
  @Inject SolarProofLists lists;
  @Inject RecordPublisher publisher;

  private final Random random = new Random(19);
  private final ListedVendors vendors = new ListedVendors();

  @BeforeEach
  void forgetEarlierRuns() throws Exception {
    HistoryClient.awaitDatabase();
    VendorStubs.reset();
    stubCreationsWithIdsOfTheirOwn();
    bench.reset();
    vendors.stubLists(random);
  }

  /** Two records with one id at a vendor would be one record. */
  private static void stubCreationsWithIdsOfTheirOwn() {
    String id = "{{randomInt lower=100000000 upper=999999999}}";
    VendorStubs.stub(
        post(urlPathEqualTo(VendorStubs.ADD_LEAD))
            .willReturn(
                okJson(
                        "{\"result\":\"success\",\"data\":{\"msg\":\"Lead Created\",\"lead\":{\"id\":%s }}}"
                            .formatted(id))
                    .withTransformers("response-template")));
    VendorStubs.stub(
        VendorStubs.solarProof("createcustomer")
            .willReturn(
                okJson("{\"Message\":\"ok\",\"id\":\"%s\"}".formatted(id))
                    .withTransformers("response-template")));
  }

  @Test
  void theFirstRunOnlyLearns() throws Exception {
    Customer customer = solarProof("Signed");

    ReconcileRun run = runSolarProof();

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.options().learning()).isTrue();
    assertThat(run.missedEvents()).isZero();
    assertThat(events(customer)).isEmpty();
  }

  @Test
  void aCustomerThatNoWebhookReportedIsSubmitted() throws Exception {
    runSolarProof();
    Customer customer = solarProof("New Contacts");

    runSolarProof();

    Seen event = onlyEvent(customer);
    assertThat(event.type()).isEqualTo("lead.submitted");
    assertThat(event.reconciled()).isTrue();
    assertThat(event.data().path("email").asText()).isEqualTo(customer.email());
    assertThat(event.state()).isEqualTo("delivered");
  }

  @Test
  void aCustomerThatAWebhookReportedIsKnown() throws Exception {
    runSolarProof();
    Customer customer = solarProof("New Contacts");
    bench.awaitProcessed(
        List.of(Senders.solarproof("customer_created", ListedVendors.created(customer))));

    ReconcileRun run = runSolarProof();

    assertThat(run.missedEvents()).isZero();
    assertThat(onlyEvent(customer).reconciled()).isFalse();
  }

  @Test
  void aStatusThatNoWebhookReportedIsPublishedOnceAndItsLateWebhookIsADuplicate() throws Exception {
    Customer customer = solarProof("New Contacts");
    runSolarProof();
    customer.setStatus("Signed");

    runSolarProof();
    runSolarProof();
    String late =
        Senders.solarproof("customer_status_change", ListedVendors.statusChanged(customer));
    bench.awaitProcessed(List.of(late));

    Seen event = onlyEvent(customer);
    assertThat(event.type()).isEqualTo("lead.status-changed");
    assertThat(event.data().path("status").asText()).isEqualTo("Signed");
    assertThat(HistoryClient.awaitHistory(late).path("reason").asText())
        .contains("duplicate of event " + event.id());
  }

  @Test
  void aStatusThatReturnsIsMissedAgain() throws Exception {
    Customer customer = solarProof("New Contacts");
    runSolarProof();
    for (String status : List.of("Signed", "New Contacts", "Signed")) {
      customer.setStatus(status);
      runSolarProof();
    }

    assertThat(events(customer))
        .extracting(event -> event.data().path("status").asText())
        .containsExactly("Signed", "New Contacts", "Signed");
    assertThat(events(customer)).extracting(Seen::id).doesNotHaveDuplicates();
  }

  @Test
  void anOlderStatusOfALateWebhookIsCorrectedByTheNextRun() throws Exception {
    Customer customer = solarProof("New Contacts");
    runSolarProof();
    customer.setStatus("Signed");
    String older = ListedVendors.statusChanged(customer);
    customer.setStatus("Mega Status");
    runSolarProof();
    bench.awaitProcessed(List.of(Senders.solarproof("customer_status_change", older)));

    runSolarProof();

    List<Seen> events = events(customer);
    assertThat(events.get(events.size() - 1).data().path("status").asText())
        .isEqualTo("Mega Status");
    assertThat(events).hasSize(3);
  }

  @Test
  void aLateWebhookOfACreationAddsOnlyWhatTheListDidNotHave() throws Exception {
    runSolarProof();
    Customer customer = solarProof("New Contacts");
    String phone = customer.phone;
    customer.phone = null;
    runSolarProof();
    customer.phone = phone;

    bench.awaitProcessed(
        List.of(Senders.solarproof("customer_created", ListedVendors.created(customer))));
    await().until(() -> events(customer).size() == 2);
    bench.awaitCallbacks();

    assertThat(events(customer))
        .extracting(Seen::type)
        .containsExactly("lead.submitted", "lead.changed");
  }

  @Test
  void aPhoneNumberThatHasNoWebhookIsPublished() throws Exception {
    Customer customer = solarProof("Signed");
    runSolarProof();
    customer.phone = "0412 000 777";

    runSolarProof();

    Seen event = onlyEvent(customer);
    assertThat(event.type()).isEqualTo("lead.changed");
    assertThat(event.data().path("mobile").asText()).contains("412 000 777");
  }

  @Test
  void anInstallThatNoWebhookReportedIsSubmittedWithItsStatusAndMilestones() throws Exception {
    runEnerflo();
    Install install = install();
    install.status = "On Hold";
    install.completedOn = "2026-03-18";

    runEnerflo();

    assertThat(bench.events("enerflo", List.of(install.id)))
        .extracting(Seen::type)
        .containsExactly(
            "project.submitted", "project.status-changed", "project.milestone-changed");
  }

  @Test
  void aNewInstallOfACustomerThatTheRelayHasWrittenIsSubmitted() throws Exception {
    runEnerflo();
    Install install = install();
    String receipt =
        Senders.leads(
            """
            {"firstName":"Robin","lastName":"Sample","email":"i%s@example.com",
              "ids":{"enerflo.customer":"%d"}}"""
                .formatted(install.id, install.customerId));
    String event = HistoryClient.awaitHistory(receipt).path("events").path(0).path("id").asText();
    HistoryClient.awaitDelivery(event, "enerflo");

    runEnerflo();

    assertThat(bench.events("enerflo", List.of(install.id)))
        .extracting(Seen::type)
        .startsWith("project.submitted");
  }

  @Test
  void aChangedInstallIsPublishedAndItsLateWebhooksAreDuplicates() throws Exception {
    Install install = install();
    runEnerflo();
    install.status = "Completed";
    install.completedOn = "2026-03-18";
    runEnerflo();

    bench.awaitProcessed(
        List.of(
            Senders.enerflo(ListedVendors.webhook("update_install", install)),
            Senders.enerflo(ListedVendors.milestoneUpdated(install))));

    assertThat(bench.events("enerflo", List.of(install.id)))
        .extracting(Seen::type)
        .containsExactly("project.status-changed", "project.milestone-changed");
  }

  @Test
  void aNoteThatNoWebhookReportedIsPublishedOnce() throws Exception {
    Install install = install();
    runEnerflo();
    vendors.notes.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("note_id", IDS.incrementAndGet())
            .put("id", Long.parseLong(install.id))
            .put("note", "A second label is required")
            .put("created_at", Instant.now().toString()));

    runEnerflo();
    runEnerflo();

    assertThat(bench.events("enerflo", List.of(install.id)))
        .singleElement()
        .satisfies(event -> assertThat(event.type()).isEqualTo("project.note-added"));
  }

  @Test
  void theRelaysOwnWriteIsNoMissedChange() throws Exception {
    runSolarProof();
    Customer customer = solarProof("No Status Set");
    VendorStubs.stub(
        VendorStubs.solarProof("createcustomer")
            .willReturn(okJson("{\"Message\":\"ok\",\"id\":\"%s\"}".formatted(customer.id))));
    String receipt =
        Senders.leads(
            """
            {"firstName":"%s","lastName":"Sample","email":"%s","phone":"%s","kind":"residential"}"""
                .formatted(customer.name, customer.email(), customer.phone));
    String event = HistoryClient.awaitHistory(receipt).path("events").path(0).path("id").asText();
    HistoryClient.awaitDelivery(event, "solarproof");

    ReconcileRun run = runSolarProof();

    assertThat(run.missedEvents()).isZero();
    assertThat(events(customer)).isEmpty();
  }

  @Test
  void aCustomerWhoseWebhooksHaveTheUuidIsKnownByTheEmailAddress() throws Exception {
    runEnerflo();
    Customer customer = enerfloCustomer("New");
    bench.awaitProcessed(
        List.of(
            Senders.enerflo(
                """
                {"event":"customer.created","payload":{"customer":{"id":"%s","firstName":"%s",
                 "lastName":"Sample","email":"%s","phone":"+1%s"}}}"""
                    .formatted(
                        UUID.randomUUID(),
                        customer.name,
                        customer.email(),
                        customer.phone.replaceAll("\\D", "")))));

    runEnerflo();

    assertThat(bench.events("enerflo", List.of(customer.id)))
        .extracting(Seen::type)
        .doesNotContain("lead.submitted");
  }

  @Test
  void twinsAreTwoRecords() throws Exception {
    runSolarProof();
    Customer one = solarProof("Signed");
    Customer twin = new Customer(String.valueOf(IDS.incrementAndGet()), one.phone, "Signed");
    twin.email = one.email;
    vendors.solarProof.put(twin.id, twin);

    assertThat(runSolarProof().missedEvents()).isEqualTo(2);
    assertThat(runSolarProof().missedEvents()).isZero();
  }

  @Test
  void aListWithLessThanHalfOfBeforeMakesNoEventsAndTheLastGoodOneStays() throws Exception {
    for (int i = 0; i < 10; i++) {
      solarProof("Signed");
    }
    runSolarProof();
    List<Customer> all = List.copyOf(vendors.solarProof.values());
    all.subList(0, 6).forEach(customer -> vendors.solarProof.remove(customer.id));
    all.get(9).setStatus("Mega Status");

    ReconcileRun rejected = runSolarProof();
    all.forEach(customer -> vendors.solarProof.put(customer.id, customer));
    ReconcileRun good = runSolarProof();

    assertThat(rejected.state()).isEqualTo(RunState.REJECTED);
    assertThat(rejected.detail())
        .hasValueSatisfying(text -> assertThat(text).contains("4 records"));
    assertThat(good.missedEvents()).isEqualTo(1);
    assertThat(onlyEvent(all.get(9)).data().path("status").asText()).isEqualTo("Mega Status");
  }

  @Test
  void aCustomerThatTheVendorDeletedIsReportedAndNothingElse() throws Exception {
    Customer kept = solarProof("Signed");
    Customer gone = solarProof("Signed");
    runSolarProof();
    vendors.solarProof.remove(gone.id);

    ReconcileRun run = runSolarProof();

    assertThat(run.count("customers").deleted()).isEqualTo(1);
    assertThat(events(gone)).isEmpty();
    assertThat(events(kept)).isEmpty();
  }

  @Test
  void aDryRunShowsWhatItWouldMakeAndMakesNothing() throws Exception {
    Customer customer = solarProof("New Contacts");
    runSolarProof();
    customer.setStatus("Signed");
    vendors.stubLists(random);

    ReconcileRun dry = bench.run("solarproof", new Request(true, false, Optional.empty()));

    assertThat(service.changes(dry.id(), 10))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.id()).isEqualTo(customer.id);
              assertThat(change.decision()).isEqualTo("missed");
              assertThat(change.events().get(0).type()).isEqualTo("lead.status-changed");
            });
    assertThat(events(customer)).isEmpty();
    assertThat(runSolarProof().missedEvents()).isEqualTo(1);
  }

  @Test
  void anOperatorsRunIsAnActivity() throws Exception {
    String operator = "ada-" + UUID.randomUUID();

    ReconcileRun run =
        service.start("enerflo", new Request(true, false, Optional.empty()), operator);

    assertThat(
            HistoryClient.get("/api/activity?who=" + operator)
                .jsonPath()
                .getList("items", Map.class))
        .singleElement()
        .satisfies(
            activity -> {
              assertThat(activity.get("action")).isEqualTo("reconcile");
              assertThat(activity.get("subject")).isEqualTo("enerflo");
              assertThat(activity.get("details")).isEqualTo("run %d, dry run".formatted(run.id()));
            });
  }

  @Test
  void thePageDestinationsShowsTheLatestRun() throws Exception {
    Customer gone = solarProof("Signed");
    solarProof("Signed");
    runSolarProof();
    vendors.solarProof.remove(gone.id);
    runSolarProof();

    String page = HistoryClient.get("/console/destinations").asString();

    assertThat(page.replaceAll("\\s+", " "))
        .contains("<td>succeeded</td> <td class=\"number\">0</td> <td class=\"number\">1</td>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"503", "429", "<html>Too many requests.</html>", "cut"})
  void aPageThatFailsIsReadAgainAndTheRunGoesOn(String what) throws Exception {
    for (int i = 0; i < 120; i++) {
      solarProof("New Contacts");
    }
    runSolarProof();
    Customer changed = vendors.solarProof.values().iterator().next();
    changed.setStatus("Signed");
    vendors.stubLists(random);
    ResponseDefinitionBuilder response =
        switch (what) {
          case "cut" -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
          case "503", "429" -> aResponse().withStatus(Integer.parseInt(what));
          default -> aResponse().withStatus(200).withBody(what);
        };
    VendorStubs.stub(
        VendorStubs.solarProof("getallcustomers")
            .withQueryParam("page", equalTo("2"))
            .willReturn(response));
    ReconcileRun run =
        service.start("solarproof", new Request(false, false, Optional.empty()), "test");
    await().until(() -> bench.turn("solarproof", run.id()), it -> it.position().failures() > 0);
    assertThat(service.run(run.id()).orElseThrow().position().page()).isEqualTo(2);
    vendors.stubLists(random);
    bench.hurry();

    ReconcileRun ended =
        await().until(() -> bench.turn("solarproof", run.id()), it -> it.state().isOver());

    assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(ended.missedEvents()).isEqualTo(1);
  }

  @Test
  void aRunGoesOnWhereAPodHasDied() throws Exception {
    for (int i = 0; i < 120; i++) {
      solarProof("New Contacts");
    }
    runSolarProof();
    vendors.solarProof.values().forEach(customer -> customer.setStatus("Signed"));
    vendors.stubLists(random);
    ReconcileRun run =
        service.start("solarproof", new Request(false, false, Optional.empty()), "test");
    await().until(() -> bench.turn("solarproof", run.id()), it -> it.position().page() > 1);
    ReconcileRun ofDeadPod =
        await()
            .until(
                () -> runs.claim("solarproof", Duration.ZERO, Duration.ofMillis(1)),
                Optional::isPresent)
            .orElseThrow();

    ReconcileRun ended =
        await().until(() -> bench.turn("solarproof", run.id()), it -> it.state().isOver());
    bench.awaitEvents(ended);

    assertThat(ended.missedEvents()).isEqualTo(120);
    assertThat(bench.events("solarproof", vendors.solarProof.keySet())).hasSize(120);
    OffsetDateTime now = OffsetDateTime.now();
    assertThatThrownBy(
            () ->
                comparison.store(
                    new ReconcileTask(ofDeadPod, now, Optional.empty()),
                    ListedPage.withoutTotal(List.of(), 0, 50),
                    lists))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("another pod continues");
  }

  @Test
  void aStateThatIsOlderThanAWebhookIsSuperseded() throws Exception {
    Customer customer = solarProof("New Contacts");
    customer.setStatus("Mega Status");
    bench.awaitProcessed(
        List.of(
            Senders.solarproof("customer_status_change", ListedVendors.statusChanged(customer))));
    Event older =
        Event.builder()
            .id(UUID.randomUUID().toString())
            .source("solarproof")
            .type("lead.status-changed")
            .subject(customer.id)
            .time(OffsetDateTime.now().minusHours(1))
            .derivedId(true)
            .reconciled(true)
            .contentKey(ContentKey.of("older", customer.id))
            .data(JsonNodeFactory.instance.objectNode().put("status", "Signed"))
            .build();

    publisher.append(List.of(RecordPublisher.record(older)));

    JsonNode delivery = HistoryClient.awaitDelivery(older.id(), "crm");
    assertThat(delivery.path("state").asText()).isEqualTo("skipped");
    assertThat(delivery.path("reason").asText()).startsWith("superseded: solarproof reported");
  }

  @Test
  void twoPodsShareARun() throws Exception {
    for (int i = 0; i < 200; i++) {
      solarProof("New Contacts");
    }
    runSolarProof();
    vendors.solarProof.values().forEach(customer -> customer.setStatus("Signed"));
    vendors.stubLists(random);
    ReconcileRun run =
        service.start("solarproof", new Request(false, false, Optional.empty()), "test");

    List<CompletableFuture<Void>> pods = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pods.add(
          CompletableFuture.runAsync(
              () -> {
                while (!over(run.id())) {
                  bench.turn("solarproof");
                }
              }));
    }
    pods.forEach(CompletableFuture::join);
    ReconcileRun ended = service.run(run.id()).orElseThrow();
    bench.awaitEvents(ended);

    assertThat(ended.missedEvents()).isEqualTo(200);
    assertThat(ended.count("customers").records()).isEqualTo(200);
    List<Seen> events = bench.events("solarproof", vendors.solarProof.keySet());
    assertThat(events).hasSize(200);
  }

  @Test
  void afterAnyLossOfWebhooksOneRunMakesAllSystemsAgree() throws Exception {
    for (int i = 0; i < 200; i++) {
      solarProof("New Contacts");
      enerfloCustomer("New");
      if (i % 2 == 0) {
        install();
      }
    }
    runSolarProof();
    runEnerflo();
    List<Runnable> lost = new ArrayList<>();
    List<String> receipts = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      for (int change = 0; change < 50; change++) {
        change(receipts, lost);
      }
    }
    bench.awaitProcessed(receipts);

    runSolarProof();
    runEnerflo();

    assertThat(lost.size()).isBetween(100, 250);
    assertAgree("solarproof", vendors.solarProof.values());
    assertAgree("enerflo", vendors.enerflo.values());
    assertThat(runSolarProof().missedEvents()).isZero();
    assertThat(runEnerflo().missedEvents()).isZero();
  }

  /** A user changes a record; the webhook is lost in three of ten cases. */
  private void change(List<String> receipts, List<Runnable> lost) {
    List<Customer> ofSolarProof = List.copyOf(vendors.solarProof.values());
    List<Customer> ofEnerflo = List.copyOf(vendors.enerflo.values());
    List<Install> installs = List.copyOf(vendors.installs.values());
    Runnable webhook =
        switch (random.nextInt(5)) {
          case 0 -> {
            Customer created = solarProofCustomer("New Contacts");
            String body = ListedVendors.created(created);
            yield () -> receipts.add(Senders.solarproof("customer_created", body));
          }
          case 1 -> {
            Customer customer = ofSolarProof.get(random.nextInt(ofSolarProof.size()));
            customer.setStatus(other(customer.status, "New Contacts", "Signed", "Mega Status"));
            String body = ListedVendors.statusChanged(customer);
            yield () -> receipts.add(Senders.solarproof("customer_status_change", body));
          }
          case 2 -> {
            Customer customer = ofEnerflo.get(random.nextInt(ofEnerflo.size()));
            customer.setStatus(other(customer.status, "New", "Sold", "Lost"));
            String body = ListedVendors.webhook("update_customer", customer);
            yield () -> receipts.add(Senders.enerflo(body));
          }
          case 3 -> {
            Customer customer = ofEnerflo.get(random.nextInt(ofEnerflo.size()));
            customer.phone = "(555) 555-%04d".formatted(random.nextInt(10_000));
            String body = ListedVendors.webhook("update_customer", customer);
            yield () -> receipts.add(Senders.enerflo(body));
          }
          default -> {
            Install install = installs.get(random.nextInt(installs.size()));
            install.status = other(install.status, "Active", "On Hold", "Completed");
            String body = ListedVendors.webhook("update_install", install);
            yield () -> receipts.add(Senders.enerflo(body));
          }
        };
    if (random.nextInt(10) < 3) {
      lost.add(webhook);
    } else {
      webhook.run();
    }
  }

  private String other(String now, String... statuses) {
    List<String> others = new ArrayList<>(List.of(statuses));
    others.remove(now);
    return others.get(random.nextInt(others.size()));
  }

  /** The last values that the CRM received are the vendor's, and no record was created twice. */
  private void assertAgree(String vendor, Collection<Customer> customers) throws Exception {
    List<Seen> events =
        bench.events(vendor, customers.stream().map(customer -> customer.id).toList());
    for (Customer customer : customers) {
      List<Seen> own = events.stream().filter(it -> it.subject().equals(customer.id)).toList();
      assertThat(own).extracting(Seen::state).allMatch(Set.of("delivered")::contains);
      assertThat(own.stream().filter(it -> it.type().equals("lead.submitted")).count())
          .isLessThanOrEqualTo(1);
      if (!own.isEmpty()) {
        assertThat(last(own, "status")).as("status of %s", customer.id).isIn("", customer.status);
        assertThat(last(own, "phone") + last(own, "mobile"))
            .as("phone of %s", customer.id)
            .satisfiesAnyOf(
                phone -> assertThat(phone).isEmpty(),
                phone ->
                    assertThat(phone.replaceAll("\\D", ""))
                        .endsWith(customer.phone.replaceAll("\\D", "").replaceFirst("^0", "")));
      }
    }
  }

  private static String last(List<Seen> events, String field) {
    return events.stream()
        .map(event -> event.data().path(field).asText(""))
        .filter(text -> !text.isEmpty())
        .reduce("", (earlier, later) -> later);
  }

  private boolean over(long run) {
    try {
      return service.run(run).orElseThrow().state().isOver();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private ReconcileRun runSolarProof() throws Exception {
    return run("solarproof");
  }

  private ReconcileRun runEnerflo() throws Exception {
    return run("enerflo");
  }

  private ReconcileRun run(String vendor) throws Exception {
    vendors.stubLists(random);
    ReconcileRun run = bench.run(vendor);
    bench.awaitEvents(run);
    return run;
  }

  private Customer solarProof(String status) {
    return solarProofCustomer(status);
  }

  private Customer solarProofCustomer(String status) {
    String id = String.valueOf(IDS.incrementAndGet());
    Customer customer =
        new Customer(id, "0412 %s".formatted(id.substring(id.length() - 6)), status);
    vendors.solarProof.put(id, customer);
    return customer;
  }

  private Customer enerfloCustomer(String status) {
    String id = String.valueOf(IDS.incrementAndGet());
    Customer customer =
        new Customer(id, "(555) 555-%s".formatted(id.substring(id.length() - 4)), status);
    vendors.enerflo.put(id, customer);
    return customer;
  }

  private Install install() {
    Install install = new Install(String.valueOf(IDS.incrementAndGet()), IDS.incrementAndGet());
    vendors.installs.put(install.id, install);
    return install;
  }

  private List<Seen> events(Customer customer) throws SQLException {
    return bench.events("solarproof", List.of(customer.id));
  }

  private Seen onlyEvent(Customer customer) throws SQLException {
    List<Seen> events = events(customer);
    assertThat(events).hasSize(1);
    return events.get(0);
  }
}
