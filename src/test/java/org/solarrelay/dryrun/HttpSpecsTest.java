package org.solarrelay.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A spec handles a call by {@code https:} like a vendor's: it records the call and sends nothing.
 */
class HttpSpecsTest {

  private static final String ROUTE =
      """
      - route:
          id: deliver-acme
          description: New leads to Acme, as contacts
          from:
            uri: delivery:acme
            steps:
              - setHeader: {name: X-Api-Key, expression: {constant: {expression: "{{relay.destinations.acme.api-key}}"}}}
              - setHeader: {name: Content-Type, expression: {constant: {expression: application/json}}}
              - setBody: {expression: {jq: {expression: "{name: .data.fullName} | tojson"}}}
              - to: {uri: "https://api.acme.example/v2/contacts", parameters: {httpMethod: POST, expand: all}}
              - bean: {ref: routeOutcome, method: "delivered('.id')"}
      """;

  private static final String SPEC =
      """
      route: deliver-acme
      settings: {relay.destinations.acme.url: https://api.acme.example, relay.destinations.acme.api-key: the-key}
      cases:
        - name: A new lead becomes a contact
          given: {event: {type: lead.submitted, source: web, data: {fullName: Ada Example}}}
          answers: [{method: POST, path: /v2/contacts, status: 201, body: {id: c-1}}]
          expect:
            vendorId: c-1
            calls:
              - method: POST
                path: /v2/contacts
                query: {expand: all}
                headers: {x-api-key: the-key, content-type: application/json}
                body: {name: Ada Example}
        - name: A refusal ends it
          given: {event: {type: lead.submitted, data: {fullName: Ada Example}}}
          answers: [{method: POST, path: /v2/contacts, status: 422, body: {error: no phone}}]
          expect: {outcome: dead, reason: acme returned 422, calls: [{method: POST, path: /v2/contacts}]}
        - name: An outage does not
          given: {event: {type: lead.submitted, data: {fullName: Ada Example}}}
          answers: [{method: POST, path: /v2/contacts, status: 503}]
          expect: {outcome: retried, calls: [{method: POST, path: /v2/contacts}]}
        - name: Silence does not
          given: {event: {type: lead.submitted, data: {fullName: Ada Example}}}
          answers: [{method: POST, path: /v2/contacts, fault: timeout}]
          expect: {outcome: retried, reason: did not respond in time, calls: [{method: POST, path: /v2/contacts}]}
      """;

  @TempDir Path folder;

  @Test
  void aCallIsRecordedAndStubbedLikeAVendorsCall() throws IOException {
    for (SpecResult result : run(SPEC)) {
      assertThat(result.problems()).as(result.spec().name()).isEmpty();
    }
  }

  @Test
  void aCallWithoutAStubReachesNoHost() throws IOException {
    List<SpecResult> results =
        run(SPEC.replaceAll("answers: .*", "").replace("expand: all", "expand: some"));

    assertThat(results).hasSize(4).allSatisfy(result -> assertThat(result.problems()).isNotEmpty());
  }

  private List<SpecResult> run(String spec) throws IOException {
    Path routes = RoutesCopy.in(folder.resolve("routes"));
    Files.writeString(routes.resolve("deliver-acme.camel.yaml"), ROUTE);
    Path file = Files.writeString(routes.resolve("tests/deliver-acme.test.yaml"), spec);
    try (SpecRun run = new SpecRun(routes)) {
      return SpecFolder.read(List.of(file)).stream().map(run::run).toList();
    }
  }
}
