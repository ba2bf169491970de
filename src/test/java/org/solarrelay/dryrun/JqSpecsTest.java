package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jq has the same functions and limits in specs and in the running program. */
class JqSpecsTest {

  private static final String ROUTE =
      """
      - route:
          id: deliver-acme
          description: Leads to Acme, as contacts
          from:
            uri: delivery:acme
            steps:
              - setHeader:
                  name: Content-Type
                  expression: {constant: {expression: application/json}}
              - setBody:
                  description: Never ends for one lead
                  expression:
                    jq:
                      expression: >-
                        if .data.note == "poison" then [range(1e12)]
                        else {phone: (.data.phone | phone("US")), state: (.data.address.state | us_state)} end
              - to: {uri: "https://api.acme.example/v2/contacts", parameters: {httpMethod: POST}}
              - bean: {ref: routeOutcome, method: "delivered('.id')"}
      """;

  private static final String SPEC =
      """
      route: deliver-acme
      settings: {relay.destinations.acme.url: https://api.acme.example, relay.destinations.acme.api-key: the-key}
      cases:
        - name: The functions of the normalisation
          given: {event: {type: lead.submitted, data: {phone: "8015550142", address: {state: UT}}}}
          answers: [{method: POST, path: /v2/contacts, status: 201, body: {id: c-1}}]
          expect:
            vendorId: c-1
            calls: [{method: POST, path: /v2/contacts, body: {phone: "8015550142", state: UT}}]
        - name: An expression that does not end fails its own delivery
          given: {event: {type: lead.submitted, data: {email: ada@example.com, note: poison}}}
          expect:
            outcome: retried
            reason: the jq was stopped, it takes more than
            calls: []
        - name: The next one passes
          given: {event: {type: lead.submitted, data: {email: ada@example.com}}}
          answers: [{method: POST, path: /v2/contacts, status: 201, body: {id: c-2}}]
          expect:
            calls: [{method: POST, path: /v2/contacts, body: {phone: null, state: null}}]
      """;

  /** A form with its own field names; jq reads every key of the webhook. */
  private static final String FORM =
      """
      - route:
          id: translate-leads
          description: What forms post, as leads
          from:
            uri: direct:translate-leads
            steps:
              - setBody:
                  expression:
                    jq:
                      expression: |
                        if .body.test then {ignored: "a test of the form"}
                        elif .body.list then [.body.list[] | {type: "lead.submitted", subject: ., data: {email: "\\(.)@example.com"}}]
                        else {type: "lead.submitted", subject: .body.ref, data: {
                          firstName: .body.first, lastName: .body.last, phone: (.body.tel | phone("AU")),
                          email: .body.mail,
                          address: {city: .body.suburb, zip: (.body.postcode | tostring)},
                          note: "\\(.source) \\(.event) \\(.receipt) \\(.time) \\(.headers["x-form"])"}}
                        end
      """;

  private static final String FORM_SPEC =
      """
      route: translate-leads
      cases:
        - name: The form becomes a lead
          now: 2026-03-12T21:59:14Z
          given:
            webhook:
              source: leads
              headers: {X-Form: f-1}
              body: {first: Ada, last: Example, tel: 0412 345 678, suburb: Newtown, postcode: 2042}
          expect:
            events:
              - type: lead.submitted
                source: web
                subject: 00000000-0000-4000-8000-000000000000
                data:
                  firstName: Ada
                  phone: 0412 345 678
                  email: null
                  address: {city: Newtown, zip: "2042"}
                  note: leads null 00000000-0000-4000-8000-000000000000 2026-03-12T21:59:14Z f-1
        - name: A test is ignored
          given: {webhook: {source: leads, body: {test: true}}}
          expect: {outcome: ignored, reason: a test of the form, events: []}
        - name: A list
          given: {webhook: {source: leads, body: {list: [a, b]}}}
          expect:
            events: [{type: lead.submitted, subject: a}, {type: lead.submitted, subject: b}]
        - name: An empty list
          given: {webhook: {source: leads, body: {list: []}}}
          expect: {outcome: dead, reason: "the route translate-leads: the list of events is empty"}
      """;

  @TempDir Path folder;

  @Test
  void jqHasTheFunctionsOfTheRunningProgram() throws IOException {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Files.writeString(routes.resolve("deliver-acme.camel.yaml"), ROUTE);
    assertPasses(routes, "deliver-acme", SPEC, 3);
  }

  @Test
  void theJsonOfATranslateRouteBecomesTheEventsOfTheRunningProgram() throws IOException {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Files.writeString(routes.resolve("translate-leads.camel.yaml"), FORM);
    assertPasses(routes, "translate-leads", FORM_SPEC, 4);
  }

  private static void assertPasses(Path routes, String route, String specs, int cases)
      throws IOException {
    Path file = Files.writeString(routes.resolve("tests/%s.test.yaml".formatted(route)), specs);
    try (SpecRun run = new SpecRun(routes)) {
      assertThat(SpecFolder.read(List.of(file)))
          .hasSize(cases)
          .allSatisfy(spec -> assertThat(run.run(spec).problems()).as(spec.name()).isEmpty());
    }
  }
}
