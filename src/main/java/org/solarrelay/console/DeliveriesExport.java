package org.solarrelay.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.delivery.api.DeliveryParameters;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;

/**
 * Writes the deliveries of a filter to a file, CSV or JSON, newest first. The file holds record ids
 * and reasons unmasked, so only an operator gets it, and the log says who.
 */
@Path("/console/deliveries/export")
public class DeliveriesExport {

  private static final Logger LOG = Logger.getLogger(DeliveriesExport.class);
  private static final int BATCH = 500;
  private static final int MOST = 50_000;
  private static final String HEADINGS =
      CsvLine.of(
          "id",
          "eventId",
          "source",
          "type",
          "subject",
          "destination",
          "state",
          "attempts",
          "status",
          "reason",
          "vendorId",
          "createdAt",
          "lastAttemptAt",
          "nextAttemptAt",
          "finishedAt");

  private final CurrentUser user;
  private final DeliveryQueries deliveries;
  private final ObjectMapper json;

  DeliveriesExport(CurrentUser user, DeliveryQueries deliveries, ObjectMapper json) {
    this.user = user;
    this.deliveries = deliveries;
    this.json = json;
  }

  /** Writes a batch of deliveries. */
  private interface BatchWriter {
    void write(List<DeliveryQueries.DeliveryEntry> batch) throws IOException;
  }

  /**
   * @param format {@code csv} or {@code json}
   */
  @GET
  public Response export(@BeanParam DeliveryParameters given, @RestQuery String format) {
    user.requireOperator();
    DeliverySelection selection = DeliverySelection.of(given);
    DeliveryFilter filter = selection.parameters().filter();
    LOG.infof(
        "%s exports deliveries, %s: %s", user.get().name(), format, selection.fields().keySet());
    return switch (format == null ? "" : format) {
      case "csv" -> file(output -> writeCsv(filter, output), "text/csv;charset=UTF-8", "csv");
      case "json" -> file(output -> writeJson(filter, output), "application/json", "json");
      default -> throw new ApiProblem(400, "Bad Request", "format is csv or json");
    };
  }

  private static Response file(StreamingOutput output, String mediaType, String extension) {
    return Response.ok(output, mediaType)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"deliveries.%s\"".formatted(extension))
        .build();
  }

  private void writeCsv(DeliveryFilter filter, OutputStream output) throws IOException {
    output.write(HEADINGS.getBytes(StandardCharsets.UTF_8));
    forEachBatch(
        filter,
        batch -> {
          for (DeliveryQueries.DeliveryEntry entry : batch) {
            output.write(line(entry).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static String line(DeliveryQueries.DeliveryEntry entry) {
    return CsvLine.of(
        entry.id(),
        entry.eventId(),
        entry.source(),
        entry.type(),
        entry.subject(),
        entry.destination(),
        entry.state(),
        entry.attempts(),
        entry.status(),
        entry.reason(),
        entry.vendorId(),
        entry.createdAt(),
        entry.lastAttemptAt(),
        entry.nextAttemptAt(),
        entry.finishedAt());
  }

  private void writeJson(DeliveryFilter filter, OutputStream output) throws IOException {
    try (JsonGenerator generator = json.createGenerator(output)) {
      generator.writeStartArray();
      forEachBatch(
          filter,
          batch -> {
            for (DeliveryQueries.DeliveryEntry entry : batch) {
              generator.writePOJO(entry);
            }
          });
      generator.writeEndArray();
    }
  }

  /** Reads in batches, so that the memory does not depend on the number of deliveries. */
  private void forEachBatch(DeliveryFilter filter, BatchWriter writer) throws IOException {
    Long before = null;
    for (int read = 0; read < MOST; read += BATCH) {
      List<DeliveryQueries.DeliveryEntry> batch = find(filter.before(before));
      writer.write(batch);
      if (batch.size() < BATCH) {
        return;
      }
      before = batch.get(BATCH - 1).id();
    }
  }

  private List<DeliveryQueries.DeliveryEntry> find(DeliveryFilter filter) throws IOException {
    try {
      return deliveries.find(filter, BATCH);
    } catch (SQLException e) {
      // ends the file early, because its status is sent
      throw new IOException("The database cannot be read", e);
    }
  }
}
