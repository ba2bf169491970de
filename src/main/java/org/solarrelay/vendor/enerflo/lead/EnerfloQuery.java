package org.solarrelay.vendor.enerflo.lead;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Builds the queries of Enerflo's operations that have no body. Names and values are encoded. */
@Singleton
@Named("enerfloQuery")
public class EnerfloQuery {

  /**
   * The query of Schedule Audit. Parameters that are null or have no name are left out.
   *
   * @param names Enerflo's name of each parameter: {@code creator=creator recordId=…}
   * @param autoAssignOffice 1, 0 or empty
   */
  public String audit(
      @Variable("enerfloAuditNames") String names,
      @Variable("enerfloAuditOffice") String autoAssignOffice,
      @Body EnerfloAudit audit) {
    Map<String, Object> parameters = new LinkedHashMap<>(audit.parameters());
    parameters.put("autoAssignOffice", autoAssignOffice);
    Map<String, String> enerfloNames = parse(names);
    Map<String, Object> query = new LinkedHashMap<>();
    parameters.forEach((name, value) -> query.put(enerfloNames.getOrDefault(name, ""), value));
    return encoded(query);
  }

  /** The query of add lead that redirects a browser to the lead's page (Enerflo, Leads API). */
  public String handOff(EnerfloHandOff handOff) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("integration_record_id", handOff.recordId());
    query.put("browser_redirect", handOff.to());
    query.put("calendar_id", handOff.calendarId());
    query.put("createDeal", handOff.createDeal());
    query.put("ignore_validation", handOff.known() ? 1 : null);
    return encoded(query);
  }

  private static Map<String, String> parse(String names) {
    Map<String, String> named = new HashMap<>();
    for (String pair : names.strip().split("\\s+")) {
      String[] parts = pair.split("=", 2);
      named.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return named;
  }

  private static String encoded(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .filter(it -> !it.getKey().isEmpty() && it.getValue() != null)
        .filter(it -> !it.getValue().toString().isEmpty())
        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue().toString()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
