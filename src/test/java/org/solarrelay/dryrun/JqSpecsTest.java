package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jq in specs has the functions and the limits that it has in the running program. */
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
                        else {phone: (.data.phone | phone("US")), state: (.data.address.state | us_state)} | tojson end
              - to: {uri: "https://api.acme.example/v2/contacts", parameters: {httpMethod: POST}}
              - bean: {ref: routeOutcome, method: "delivered(${body}, '$.id')"}
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

  @TempDir Path folder;

  @Test
  void jqIsThatOfTheRunningProgram() throws IOException {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Files.writeString(routes.resolve("deliver-acme.camel.yaml"), ROUTE);
    Path file = Files.writeString(routes.resolve("tests/deliver-acme.test.yaml"), SPEC);
    try (SpecRun run = new SpecRun(routes)) {
      assertThat(SpecFolder.read(List.of(file)))
          .hasSize(3)
          .allSatisfy(spec -> assertThat(run.run(spec).problems()).as(spec.name()).isEmpty());
    }
  }
}
