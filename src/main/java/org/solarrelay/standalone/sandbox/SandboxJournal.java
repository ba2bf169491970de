package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stores the vendors' records on disk, one JSON line per change, before the response to the call.
 * So the vendors keep everything that they have confirmed, even after a kill.
 */
final class SandboxJournal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, SandboxRecords> kinds = new LinkedHashMap<>();
  private FileChannel file;

  private SandboxJournal() {}

  /** Opens the file, reads its records and removes overwritten changes. */
  static SandboxJournal open(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    SandboxJournal journal = new SandboxJournal();
    if (Files.exists(path)) {
      journal.read(path);
      journal.compact(path);
    }
    journal.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return journal;
  }

  /** The records of one kind, such as {@code enerflo.leads}; empty at first. */
  SandboxRecords records(String kind) {
    return kinds.computeIfAbsent(kind, name -> new SandboxRecords(name, this));
  }

  void write(String kind, String id, ObjectNode record) {
    try {
      ByteBuffer line = ByteBuffer.wrap(line(kind, id, record).getBytes(StandardCharsets.UTF_8));
      long before = file.size();
      try {
        while (line.hasRemaining()) {
          file.write(line);
        }
      } catch (IOException e) {
        // an incomplete line would corrupt the next one
        file.truncate(before);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The simulated vendors cannot write: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void read(Path path) throws IOException {
    boolean incomplete = isIncomplete(path);
    // reads bytes as characters, so that an error can name a line that is no UTF-8
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      int number = 1;
      String line = lines.readLine();
      while (line != null) {
        String next = lines.readLine();
        boolean last = next == null && incomplete;
        if (!read(line.getBytes(StandardCharsets.ISO_8859_1)) && !last) {
          throw new IOException(
              "%s, line %d, is no change of a simulated vendor's record: remove that line, or move the file away to begin without records"
                  .formatted(path, number));
        }
        line = next;
        number++;
      }
    }
  }

  /** Whether the last line is incomplete: that change was never confirmed. */
  private static boolean isIncomplete(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      file.read(last, Math.max(0, file.size() - 1));
      return file.size() > 0 && last.get(0) != '\n';
    }
  }

  /** Applies the change of a line; false if the line is no change. */
  private boolean read(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonNode change = JSON.readTree(text);
      boolean valid =
          change.path("kind").isTextual()
              && change.path("id").isTextual()
              && change.path("record").isObject();
      if (valid) {
        records(change.get("kind").asText())
            .apply(change.get("id").asText(), (ObjectNode) change.get("record"));
      }
      return valid;
    } catch (JsonProcessingException | CharacterCodingException e) {
      return false;
    }
  }

  private void compact(Path path) throws IOException {
    Path compact = path.resolveSibling(path.getFileName() + ".new");
    try (BufferedWriter lines = Files.newBufferedWriter(compact)) {
      for (Map.Entry<String, SandboxRecords> kind : kinds.entrySet()) {
        for (Map.Entry<String, ObjectNode> record : kind.getValue().entries()) {
          lines.write(line(kind.getKey(), record.getKey(), record.getValue()));
        }
      }
    }
    Files.move(compact, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String kind, String id, ObjectNode record)
      throws JsonProcessingException {
    ObjectNode change = JSON.createObjectNode().put("kind", kind).put("id", id);
    return JSON.writeValueAsString(change.set("record", record)) + "\n";
  }
}
