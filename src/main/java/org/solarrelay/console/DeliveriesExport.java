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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.solarrelay.activity.Activity;
import org.solarrelay.activity.ActivityAction;
import org.solarrelay.activity.ActivityLog;
import org.solarrelay.activity.SubjectKind;
import org.solarrelay.delivery.api.DeliveryParameters;
import org.solarrelay.delivery.queue.DeliveryFilter;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.CurrentUser;

/**
 * Writes the deliveries of a filter to a file, CSV or JSON, newest first. The file holds record ids
 * and reasons unmasked, so only an operator gets it, and the relay records who.
 */
@Path("/console/deliveries/export")
public class DeliveriesExport {

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
  private final ActivityLog activities;
  private final DeliveryQueries deliveries;
  private final ObjectMapper json;

  DeliveriesExport(
      CurrentUser user, ActivityLog activities, DeliveryQueries deliveries, ObjectMapper json) {
    this.user = user;
    this.activities = activities;
    this.deliveries = deliveries;
    this.json = json;
  }

  private enum Format {
    CSV("text/csv;charset=UTF-8"),
    JSON("application/json");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    private static Optional<Format> of(String text) {
      return Stream.of(values()).filter(format -> format.extension().equals(text)).findFirst();
    }

    private String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A file that is written.
   *
   * @param activity the number of its activity
   */
  private record Export(DeliveryFilter filter, long activity) {}

  /** Writes a batch of deliveries. */
  private interface BatchWriter {
    void write(List<DeliveryQueries.DeliveryEntry> batch) throws IOException;
  }

  /**
   * @param format {@code csv} or {@code json}
   */
  @GET
  public Response export(@BeanParam DeliveryParameters given, @RestQuery String format)
      throws SQLException {
    user.requireOperator();
    DeliveryFilter filter = DeliverySelection.of(given).parameters().filter();
    Format chosen =
        Optional.ofNullable(format)
            .flatMap(Format::of)
            .orElseThrow(() -> new ApiProblem(400, "Bad Request", "format is csv or json"));
    // before the first line: no export without its activity
    long number =
        activities.record(
            Activity.of(
                    user.get().name(),
                    ActivityAction.EXPORT,
                    SubjectKind.DELIVERIES,
                    filter.summary())
                .details(chosen.extension()));
    Export export = new Export(filter, number);
    StreamingOutput output =
        switch (chosen) {
          case CSV -> stream -> writeCsv(export, stream);
          case JSON -> stream -> writeJson(export, stream);
        };
    return Response.ok(output, chosen.mediaType)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"deliveries.%s\"".formatted(chosen.extension()))
        .build();
  }

  private void writeCsv(Export export, OutputStream output) throws IOException {
    output.write(HEADINGS.getBytes(StandardCharsets.UTF_8));
    forEachBatch(
        export,
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

  private void writeJson(Export export, OutputStream output) throws IOException {
    try (JsonGenerator generator = json.createGenerator(output)) {
      generator.writeStartArray();
      forEachBatch(
          export,
          batch -> {
            for (DeliveryQueries.DeliveryEntry entry : batch) {
              generator.writePOJO(entry);
            }
          });
      generator.writeEndArray();
    }
  }

  /** Reads in batches, so that the memory does not depend on the number of deliveries. */
  private void forEachBatch(Export export, BatchWriter writer) throws IOException {
    Long before = null;
    for (int read = 0; read < MOST; read += BATCH) {
      List<DeliveryQueries.DeliveryEntry> batch = find(export, before);
      writer.write(batch);
      if (batch.size() < BATCH) {
        return;
      }
      before = batch.get(BATCH - 1).id();
    }
  }

  /** Finds a batch, and adds it to the activity before it is written. */
  private List<DeliveryQueries.DeliveryEntry> find(Export export, Long before) throws IOException {
    try {
      List<DeliveryQueries.DeliveryEntry> batch =
          deliveries.find(export.filter().before(before), BATCH);
      activities.addTo(export.activity(), batch.size());
      return batch;
    } catch (SQLException e) {
      // ends the file early, because its status is sent
      throw new IOException("The database cannot be read", e);
    }
  }
}
