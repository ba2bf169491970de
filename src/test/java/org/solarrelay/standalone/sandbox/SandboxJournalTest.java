package org.solarrelay.standalone.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxJournalTest {

  private static final String LINE =
      "{\"kind\":\"enerflo.leads\",\"id\":\"1\",\"record\":{\"name\":\"Zoë\"}}\n";

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void name() {
    file = dir.resolve("sandbox.jsonl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "5",
        "null",
        "",
        "[]",
        "text",
        "{\"kind\":1}",
        "{\"kind\":\"a\",\"id\":\"1\",\"record\":5}",
        "{\"kind\":\"a\",\"id\":null,\"record\":{}}",
        "{\"kind\":"
      })
  void anInvalidLineStopsTheStartWithFileLineAndAdvice(String line) throws IOException {
    Files.writeString(file, LINE + line + "\n" + LINE);
    assertThatThrownBy(() -> SandboxJournal.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sandbox.jsonl, line 2, is no change")
        .hasMessageContaining("remove that line, or move the file away");
    assertThat(Files.readString(file)).as("stays unchanged").contains(LINE);
  }

  @Test
  void invalidUtf8IsReportedWithItsLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(LINE.getBytes(StandardCharsets.UTF_8));
    bytes.write(LINE.getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    Files.write(file, bytes.toByteArray());
    assertThatThrownBy(() -> SandboxJournal.open(file)).hasMessageContaining("line 2,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"kind\":\"enerflo.le", "5"})
  void anIncompleteLastLineIsDropped(String end) throws IOException {
    Files.writeString(file, LINE + end);
    try (SandboxJournal journal = SandboxJournal.open(file)) {
      journal
          .records("enerflo.leads")
          .entries()
          .forEach(record -> assertThat(record.getValue().path("name").asText()).isEqualTo("Zoë"));
      journal.write("enerflo.leads", "2", JsonNodeFactory.instance.objectNode());
    }
    try (SandboxJournal again = SandboxJournal.open(file)) {
      assertThat(again.records("enerflo.leads").entries()).hasSize(2);
    }
  }
}
