package org.solarrelay.vendor.enerflo.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.solarrelay.delivery.CredentialsRejectedException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.vendor.enerflo.EnerfloResponse;
import org.solarrelay.vendor.reconcile.ListedPage;
import org.solarrelay.vendor.reconcile.ListedRecord;
import org.solarrelay.vendor.reconcile.ReconciledLists;

/**
 * Reads pages of Enerflo's lists for reconciliation. The three lists name their totals differently,
 * and a short page is not always the last one.
 */
@Singleton
@Named("enerfloLists")
public class EnerfloLists implements ReconciledLists {

  private static final Logger LOG = Logger.getLogger(EnerfloLists.class);

  private final EnerfloListedRecord records;

  @Inject
  public EnerfloLists(EnerfloInstallStatuses statuses) {
    this.records = new EnerfloListedRecord(statuses);
  }

  @Override
  public String vendor() {
    return "enerflo";
  }

  @Override
  public List<ListKind> lists() {
    return List.of(
        new ListKind("customers", true),
        new ListKind("installs", true),
        new ListKind("notes", false));
  }

  /**
   * Reads a page of a list.
   *
   * @param kind customers, installs or notes
   * @throws CredentialsRejectedException if Enerflo rejects the key
   * @throws PermanentFailureException if Enerflo reports a failure
   * @throws IOException if the body is not such a list
   */
  public ListedPage page(String kind, byte[] body) throws IOException {
    JsonNode response = EnerfloResponse.json(body);
    if (EnerfloResponse.failed(response)) {
      EnerfloResponse.accepted(body, "the request for " + kind);
    }
    return switch (kind) {
      case "customers" -> page(response, kind, records::customer, "data", "customers");
      case "installs" -> page(response, kind, records::install, "results", "installs");
      default -> page(response, kind, records::note, "notes", "data");
    };
  }

  private static ListedPage page(
      JsonNode response,
      String kind,
      Function<JsonFields, Optional<ListedRecord>> reader,
      String... lists)
      throws IOException {
    JsonNode rows =
        Stream.of(lists)
            .map(response::path)
            .filter(JsonNode::isArray)
            .findFirst()
            .orElseThrow(() -> new IOException("Enerflo's response has no list of " + kind));
    List<ListedRecord> found = new ArrayList<>();
    for (JsonNode row : rows) {
      try {
        reader.apply(new JsonFields(row)).ifPresent(found::add);
      } catch (InvalidMessageException e) {
        LOG.debugf("A record of Enerflo's %s: %s", kind, e.getMessage());
      }
    }
    if (response.path("totalPages").canConvertToInt()) {
      return ListedPage.ofPages(found, rows.size(), response.path("totalPages").asInt());
    }
    int total = response.path("total").asInt(response.path("dataCount").asInt(-1));
    if (total < 0) {
      throw new IOException("Enerflo's list of " + kind + " has no total");
    }
    return ListedPage.ofTotal(found, rows.size(), total);
  }
}
