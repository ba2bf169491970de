package org.solarrelay.vendor.solarproof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.ops.access.JsonBody;

/** Shows and changes the webhooks that Solar Proof sends to this relay, for operators. */
@Path("/api/subscriptions/solarproof")
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionsResource {

  private static final String SOLARPROOF = "solarproof";

  private final Subscriptions subscriptions;
  private final RelayConfig config;
  private final ReloadableConfig live;

  SubscriptionsResource(Subscriptions subscriptions, RelayConfig config, ReloadableConfig live) {
    this.subscriptions = subscriptions;
    this.config = config;
    this.live = live;
  }

  /** The subscriptions, in one page. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page(List<Subscription> items) {

    /** Always null: there is no other page. */
    @JsonProperty
    String next() {
      return null;
    }
  }

  @GET
  public Page list() throws SQLException {
    return new Page(subscriptions.all());
  }

  /**
   * Registers this relay's URLs, one for each event. The request is idempotent.
   *
   * @param body empty, or {@code {"url": "https://relay.example.com"}} in place of RELAY_PUBLIC_URL
   */
  @POST
  public Page register(byte[] body) throws SQLException {
    checkOn();
    subscriptions.register(urls(body));
    return list();
  }

  /** Removes all subscriptions of this relay. */
  @DELETE
  public Page remove() throws SQLException {
    checkOn();
    subscriptions.removeAll();
    return list();
  }

  private void checkOn() {
    RelayConfig.Destination solarProof = config.destinations().get(SOLARPROOF);
    if (!solarProof.on()) {
      throw unavailable("Solar Proof is off: set " + solarProof.settings());
    }
  }

  private WebhookUrls urls(byte[] body) {
    String base = base(body);
    try {
      return WebhookUrls.of(base, token());
    } catch (IllegalArgumentException e) {
      throw badRequest(e.getMessage());
    }
  }

  private String base(byte[] body) {
    JsonNode url = JsonBody.optional(body, "{\"url\": \"https://relay.example.com\"}").path("url");
    if (url.isTextual()) {
      return url.textValue();
    }
    if (!url.isMissingNode() && !url.isNull()) {
      throw badRequest("url must be a text");
    }
    return config
        .publicUrl()
        .orElseThrow(
            () ->
                badRequest(
                    "Set RELAY_PUBLIC_URL, or send {\"url\": \"https://relay.example.com\"}"));
  }

  private String token() {
    List<String> tokens = live.get().sources().get(SOLARPROOF).tokens().orElse(List.of());
    if (tokens.isEmpty() && !config.standalone()) {
      throw unavailable(
          "Set WEBHOOK_TOKEN_SOLARPROOF: without it this relay rejects Solar Proof's webhooks");
    }
    return tokens.isEmpty() ? null : tokens.get(0);
  }

  private static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "Bad Request", detail);
  }

  private static ApiProblem unavailable(String detail) {
    return new ApiProblem(503, "Service Unavailable", detail);
  }
}
