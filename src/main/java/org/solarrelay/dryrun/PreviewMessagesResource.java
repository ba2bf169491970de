package org.solarrelay.dryrun;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.eclipse.microprofile.config.Config;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.ops.access.ApiProblem;
import org.solarrelay.topic.client.StageTopics;

/** Serves {@code /api/preview/messages}: the latest messages of a route, to preview them. */
@Path("/api/preview/messages")
@Singleton
public class PreviewMessagesResource {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRANSLATE = "translate-";
  private static final String DELIVER = "deliver-";
  private static final Pattern TOPIC = Pattern.compile("(?!__)[A-Za-z0-9._-]{1,249}");
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  private final RecentMessages messages;
  private final RelayConfig config;
  private final Config running;
  private final StageTopics topics;

  PreviewMessagesResource(
      RecentMessages messages, RelayConfig config, Config running, StageTopics topics) {
    this.messages = messages;
    this.config = config;
    this.running = running;
    this.topics = topics;
  }

  /** Newest first. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page(List<RecentMessages.Item> items) {

    /** Null: there is no further page. */
    @JsonProperty
    String next() {
      return null;
    }
  }

  /**
   * The latest messages of a route. One request runs at a time, because a response may hold some
   * megabytes of JSON.
   *
   * @param route {@code translate-<source>}, {@code fan-out}, {@code deliver-<destination>} or the
   *     id of a route from {@code topic:}
   * @param topic names of topics, separated by commas, for a route that is not in force yet; null
   *     for the topics that the route reads
   * @param limit how many at most, from 1 to 200
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public synchronized String latest(
      @QueryParam("route") String route,
      @QueryParam("topic") String topic,
      @QueryParam("limit") String limit)
      throws SQLException, JsonProcessingException {
    String routeId = route == null ? "" : route;
    Page page = new Page(items(routeId, names(topic), number(limit)));
    return SecretStandIns.mask(JSON.writeValueAsString(page), DryRunSettings.secretsOf(running));
  }

  private List<RecentMessages.Item> items(String route, List<String> topics, int limit)
      throws SQLException {
    if (topics.isEmpty() && route.equals("fan-out")) {
      return messages.events(limit);
    }
    if (topics.isEmpty() && route.startsWith(DELIVER)) {
      return messages.deliveries(route.substring(DELIVER.length()), limit);
    }
    try {
      return topics.isEmpty() ? fromKafka(route, limit) : messages.onTopics(topics, limit);
    } catch (AuthorizationException e) {
      throw new ApiProblem(400, "Bad Request", "Kafka does not let the relay read the topic");
    } catch (KafkaException e) {
      throw new ApiProblem(503, "Service Unavailable", "Kafka does not respond");
    }
  }

  private List<RecentMessages.Item> fromKafka(String route, int limit) {
    List<String> read = PipelineStage.isId(route) ? List.of() : topics.topicsOf(route);
    if (!read.isEmpty()) {
      return messages.onTopics(read, limit);
    }
    String source = route.startsWith(TRANSLATE) ? route.substring(TRANSLATE.length()) : "";
    if (!config.sources().containsKey(source)) {
      throw new ApiProblem(
          400,
          "Bad Request",
          "route is fan-out, deliver-<destination>, the id of a route that begins at a topic, or"
              + " translate-<source> with one of the sources "
              + String.join(", ", config.sources().keySet().stream().sorted().toList()));
    }
    return messages.webhooks(source, limit);
  }

  /** The names of topics; Kafka's internal topics are rejected. */
  private static List<String> names(String topic) {
    List<String> names = topic == null ? List.of() : List.of(topic.split(",", -1));
    if (!names.stream().allMatch(TOPIC.asMatchPredicate())) {
      throw new ApiProblem(
          400, "Bad Request", "topic is a topic that a route begins at, or several with commas");
    }
    return names;
  }

  private static int number(String limit) {
    if (limit != null && !limit.matches("\\d{1,9}")) {
      throw new ApiProblem(400, "Bad Request", "limit is a number");
    }
    return limit == null
        ? DEFAULT_LIMIT
        : Math.min(Math.max(Integer.parseInt(limit), 1), MAX_LIMIT);
  }
}
