package org.solarrelay.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonConsoleTest {

  private final JsonConsole.JsonLines lines =
      new JsonConsole.JsonLines(new JsonFormatter("", Set.of("mdc", "ndc"), Map.of()));

  @Test
  void aLineHasTheFieldsOfItsThreadsContext() throws IOException {
    JsonNode line;
    try (LogContext.Scope scope = LogContextTest.EVENT.enter()) {
      line = line("Event event-1 is dead");
    }
    assertThat(line.path("message").asText()).isEqualTo("Event event-1 is dead");
    assertThat(line.path("labels.receipt").asText()).isEqualTo("receipt-1");
    assertThat(line.path("event.id").asText()).isEqualTo("event-1");
    assertThat(line.path("labels.destination").asText()).isEqualTo("enerflo");
    assertThat(line.path("trace.id").asText()).isEqualTo("trace-1");
  }

  @Test
  void aLineWithoutContextHasNoFurtherFields() throws IOException {
    JsonNode line = line("Started {}}");
    assertThat(line.path("message").asText()).isEqualTo("Started {}}");
    assertThat(line.fieldNames())
        .toIterable()
        .doesNotContain("labels.receipt", "event.id", "labels.destination", "trace.id");
  }

  @Test
  void anEventIdWithQuotesAndLineBreaksIsEscaped() throws IOException {
    String id = "\",\"log.level\":\"\n}{\\";
    try (LogContext.Scope scope = LogContext.message(id, "trace-1").enter()) {
      String text = lines.format(record("x"));
      assertThat(text.strip()).doesNotContain("\n");
      assertThat(new ObjectMapper().readTree(text).path("event.id").asText()).isEqualTo(id);
    }
  }

  private JsonNode line(String message) throws IOException {
    return new ObjectMapper().readTree(lines.format(record(message)));
  }

  private static ExtLogRecord record(String message) {
    return new ExtLogRecord(Level.INFO, message, JsonConsoleTest.class.getName());
  }
}
