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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The vendors' records on disk, one JSON line per change. Each is written before the call that made
 * it is answered, so that after a kill the vendors still know what they have confirmed.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Records> kinds = new LinkedHashMap<>();
  private FileChannel file;

  private Journal() {}

  /** Reads what is there, and drops from the file what was overwritten since. */
  static Journal open(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Journal journal = new Journal();
    if (Files.exists(path)) {
      journal.read(path);
      journal.compact(path);
    }
    journal.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return journal;
  }

  /** The records of one kind, such as {@code enerflo.leads}; empty at first. */
  Records records(String kind) {
    return kinds.computeIfAbsent(kind, name -> new Records(name, this));
  }

  void write(String kind, String id, ObjectNode record) {
    try {
      file.write(ByteBuffer.wrap(line(kind, id, record).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void read(Path path) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          JsonNode change = JSON.readTree(line);
          records(change.get("kind").asText())
              .remember(change.get("id").asText(), (ObjectNode) change.get("record"));
        } catch (JsonProcessingException e) {
          // the end of a file that was cut short: nobody was told of that change
        }
      }
    }
  }

  private void compact(Path path) throws IOException {
    Path compact = path.resolveSibling(path.getFileName() + ".new");
    try (BufferedWriter lines = Files.newBufferedWriter(compact)) {
      for (Map.Entry<String, Records> kind : kinds.entrySet()) {
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
