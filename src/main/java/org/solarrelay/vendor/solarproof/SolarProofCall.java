package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Builds Solar Proof's requests: query and body both hold action and API key. */
@Singleton
@Named("solarProofCall")
public class SolarProofCall {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The query of an action, encoded. */
  public String query(String action, String apiKey) {
    return "action=" + encoded(action) + "&api_key=" + encoded(apiKey);
  }

  /** The query for a customer by e-mail address. */
  public String findQuery(@Variable("solarProofKey") String apiKey, @Body String email) {
    return query("getcustomerByemail", apiKey) + "&customer_email=" + encoded(email);
  }

  /** The query for one page of all customers; pages count from 1. */
  public String listQuery(
      @Variable("solarProofKey") String apiKey,
      @Variable("solarProofCustomers") SolarProofCustomerPages.Pages read) {
    return query("getallcustomers", apiKey) + "&page=" + read.page();
  }

  /** The query for a page of all customers; pages count from 1. */
  public String pageQuery(
      @Variable("solarProofKey") String apiKey, @Variable("solarProofPage") String page) {
    return query("getallcustomers", apiKey) + "&page=" + encoded(page);
  }

  /**
   * The body of an action.
   *
   * @param fields a JSON object
   * @return {@code {"data":{"apikey":…,"action":…,<fields>}}}
   */
  public byte[] body(String action, String apiKey, byte[] fields) throws IOException {
    ObjectNode call = JSON.createObjectNode();
    call.putObject("data")
        .put("apikey", apiKey)
        .put("action", action)
        .setAll((ObjectNode) JSON.readTree(fields));
    return JSON.writeValueAsBytes(call);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
