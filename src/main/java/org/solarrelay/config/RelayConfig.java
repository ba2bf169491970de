package org.solarrelay.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Everything under {@code relay.*}; application.properties ties it to the environment. */
@ConfigMapping(prefix = "relay")
public interface RelayConfig {

  /** The folder of the route files, relative to the working directory. */
  String routesDir();

  /** How many routes and kamelets a message may visit; with the next one it is dead. */
  @WithDefault("1000")
  int maxRouteVisits();

  /**
   * What a change of route files does where a spec of a changed route fails. Absent: {@code reject}
   * where the program started its own Kafka, else {@code warn}.
   */
  Optional<SpecMode> reloadSpecs();

  /** How long all specs of one change may take; what has not ended by then counts as failed. */
  @WithDefault("PT30S")
  Duration reloadSpecTime();

  /**
   * How often the folders of routes and secrets are read, 0.1 s at least. A change of routes counts
   * once it has been the same for half of that time, one of secrets once two reads have found the
   * same.
   */
  @WithDefault("PT0.5S")
  Duration reloadInterval();

  /** A folder in which each file is a setting, named as its variable; looked at all the time. */
  Optional<String> secretsDir();

  /** Where vendors reach this relay, an origin; for subscriptions to their webhooks. */
  Optional<String> publicUrl();

  /**
   * For how long after a write to a system the same state coming back from there is an echo of it.
   */
  @WithDefault("PT2M")
  Duration echoWindow();

  /** True where the program started its own Kafka: sources without a secret are then open. */
  @WithDefault("false")
  boolean standalone();

  Intake intake();

  /** Who may send webhooks, by the name in {@code /webhooks/{name}}. */
  Map<String, Source> sources();

  Kafka kafka();

  Consumers consumers();

  /**
   * The systems events are delivered to, by name; the route from {@code delivery:{name}} calls
   * them.
   */
  Map<String, Destination> destinations();

  Delivery delivery();

  Ledger ledger();

  Memory memory();

  Search search();

  Operator operator();

  Tracing tracing();

  Oidc oidc();

  Server server();

  Http http();

  Enerflo enerflo();

  Flip flip();

  interface Intake {
    /** The largest webhook body that is accepted; topics are created to hold it. At most 10M. */
    @WithDefault("1M")
    MemorySize maxBody();

    /**
     * All webhook bodies in memory together, at least four of the largest. Absent: an eighth of the
     * heap, or those four.
     */
    Optional<MemorySize> bodyMemory();
  }

  interface Source {
    /** Accepted tokens; several may be live at once. */
    Optional<List<String>> tokens();

    /** Accepted Standard Webhooks secrets ({@code whsec_<base64>}); takes the place of tokens. */
    Optional<List<String>> signingSecrets();

    /** Whether the URL names the event: {@code /webhooks/{source}/{event}}. */
    @WithDefault("false")
    boolean eventInPath();

    /**
     * For how long a webhook without an explicit id is a duplicate, where its content equals that
     * of the latest one of the same record and kind of event. 0 never.
     */
    @WithDefault("PT0S")
    Duration duplicateWindow();
  }

  interface Kafka {
    String bootstrapServers();

    /** Partitions of a topic this program creates. */
    @WithDefault("12")
    int partitions();

    /** Replicas of a topic this program creates; -1 leaves it to the broker. */
    @WithDefault("-1")
    short replication();

    /**
     * The consumer groups are called {@code <prefix>-translate}, {@code <prefix>-fan-out} and
     * {@code <prefix>-<route id>}.
     */
    @WithDefault("solar-relay")
    String groupPrefix();
  }

  interface Consumers {
    /**
     * Whether this pod translates and fans out. False leaves a pod that takes webhooks in and calls
     * destinations only; another pod must then do the rest.
     */
    @WithDefault("true")
    boolean enabled();
  }

  interface Destination {
    /** Where it is; absent turns the destination off. */
    Optional<String> url();

    /** The key to it; absent turns a destination off that requires one. */
    Optional<String> apiKey();

    /** Whether the destination is off without a key. */
    @WithDefault("false")
    boolean keyRequired();

    /**
     * The field of the data by which the destination itself tells records apart, such as {@code
     * email}: deliveries with the same value go one after the other, so none is created twice.
     */
    Optional<String> matchesBy();

    /**
     * Whether all events of a record set one and the same state there, so that a later one of any
     * type takes the place of an earlier.
     */
    @WithDefault("false")
    boolean oneState();

    /** Calls in any window, all pods together; absent or 0 sets no limit. */
    Optional<@WithConverter(CallRate.FromText.class) CallRate> rateLimit();

    /** Calls at once, per pod; absent as many as {@link Delivery#inFlight}. */
    OptionalInt inFlight();

    /** How many calls one delivery takes at most, for the rate limit to count. */
    @WithDefault("1")
    int callsPerDelivery();

    /** What to set to turn the destination on, for people. */
    @WithDefault("its url")
    String settings();

    /** Why the destination is off, for people; set by the program for routes/destinations.yaml. */
    Optional<String> offReason();

    default boolean on() {
      return url().isPresent() && (apiKey().isPresent() || !keyRequired());
    }

    /**
     * Why nothing is delivered to it, such as {@code FLIP_URL is not set}; empty where it is on.
     */
    default Optional<String> whyOff() {
      return on()
          ? Optional.empty()
          : Optional.of(
              offReason()
                  .orElseGet(
                      () ->
                          settings()
                              + (settings().contains(" and ") ? " are" : " is")
                              + " not set"));
    }

    /** The host and port of its URL, in which no secret can be; empty where there is none. */
    default Optional<String> host() {
      return url()
          .filter(DestinationEntry::isUrl)
          .map(URI::create)
          .map(url -> url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
    }
  }

  interface Delivery {
    /** Calls at once, per destination and pod. */
    @WithDefault("32")
    int inFlight();

    /** How long a pod may hold a delivery before another may take it over. */
    @WithDefault("PT45S")
    Duration lease();

    /**
     * Statuses that are about our key: the destination pauses until it accepts it, once deliveries
     * of two records were refused in a row. Each is one such as {@code 401}, or all of a hundred
     * such as {@code 5xx}.
     */
    @WithDefault("401,403")
    List<@WithConverter(StatusRange.FromText.class) StatusRange> keyStatuses();

    /**
     * How often a delivery may be refused as a wrong key is, after the destination has accepted the
     * key for another record, before it is dead.
     */
    @WithDefault("5")
    int ownRefusals();

    /** Statuses that may pass: tried again. Every other failure is permanent. */
    @WithDefault("408,425,429,5xx")
    List<@WithConverter(StatusRange.FromText.class) StatusRange> transientStatuses();

    @WithDefault("PT1S")
    Duration retryInitialDelay();

    @WithDefault("PT10M")
    Duration retryMaxDelay();

    /** How long a delivery is retried after its first attempt before it is dead. */
    @WithDefault("PT24H")
    Duration retryBudget();

    /** For how long what an event needs is expected to turn up soon. */
    @WithDefault("PT10M")
    Duration notYetWindow();

    /** The longest wait for it meanwhile. */
    @WithDefault("PT30S")
    Duration notYetMaxDelay();

    /**
     * How many failures in a row, of more than one delivery or without any answer, mean that a
     * destination is down.
     */
    @WithDefault("5")
    int circuitFailures();

    /** How soon a destination that is down is asked whether it is back; doubled each time. */
    @WithDefault("PT1S")
    Duration probeInitialDelay();

    /** The longest wait between two such questions, and between any two about our key. */
    @WithDefault("PT30S")
    Duration probeMaxDelay();

    /** How long all calls of one delivery may take before it is taken for lost. */
    @WithDefault("PT2M")
    Duration longestCall();

    /** How much of a destination's answer the ledger keeps, in characters. */
    @WithDefault("2000")
    int answerLimit();

    /** How long a stopping program waits for the calls in flight. */
    @WithDefault("PT25S")
    Duration drain();
  }

  interface Ledger {
    /** How long what is over is kept, a day at least; 0 for ever. */
    @WithDefault("P30D")
    Duration retention();
  }

  /**
   * What the stages of a pod may hold in memory; each derives from the heap where it is not set.
   */
  interface Memory {
    /** Parsed JSON of all stages together, at 32 times its text; a quarter of the heap. */
    Optional<MemorySize> trees();

    /**
     * Elements (brackets, names and values) of one JSON body; one with more is dead. By default one
     * for each 2 KiB of heap, at least 20,000 and at most 1,000,000; intake takes 200,000 at most.
     */
    OptionalLong jsonElements();
  }

  /** How far Kafka is searched for a webhook that the ledger does not know yet. */
  interface Search {
    @WithDefault("PT3S")
    Duration longest();

    @WithDefault("32M")
    MemorySize maxBytes();
  }

  interface Operator {
    /** The bearer token of {@code /api}. */
    Optional<String> token();
  }

  interface Tracing {
    /** Where OpenTelemetry's traces are sent, an OTLP endpoint; absent makes none. */
    Optional<String> endpoint();
  }

  interface Oidc {
    /** Whether people may use {@code /api} by an identity provider's word. */
    @WithDefault("false")
    boolean enabled();
  }

  /** How this program is called. */
  interface Server {
    /** How long after its first byte a request must be answered, or its connection is closed. */
    @WithDefault("PT30S")
    Duration requestDeadline();

    /** The largest request body outside {@code /webhooks}. */
    @WithDefault("2M")
    MemorySize maxBody();

    /** Further host names by which a relay that asks for no token may be called. */
    Optional<List<String>> hosts();
  }

  /** How vendors are called. */
  interface Http {
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** How long a vendor may be silent during a call. */
    @WithDefault("PT15S")
    Duration responseTimeout();

    /** Connections at once, for each operation of a vendor. */
    int connections();
  }

  interface Enerflo {
    /** The Enerflo user who is named as creator where an event names none. */
    Optional<String> creator();

    /** The deal template for leads that are signed or qualified without naming one. */
    OptionalInt dealTypeWhenSigned();

    /** The path segment of lead/add that tells Enerflo which partner a lead belongs to. */
    @WithDefault("partner")
    String partner();

    /** What the numbers of an install's status mean, each as {@code number=word}. */
    @WithDefault("4=on-hold")
    List<String> installStatuses();

    /** The region of phone numbers that name no country. */
    @WithDefault("US")
    String region();

    /** Sources whose record ids are sent as they are; those of others get their source in front. */
    @WithDefault("crm")
    List<String> plainRecordIdSources();
  }

  interface Flip {
    /** Whether enrollments are unenrolled or rejected without an operator's approval. */
    @WithDefault("false")
    boolean allowUnenroll();

    /** Where tokens come from, if client credentials are used in place of a key. */
    @WithDefault("https://oauth.flip.energy/token")
    String oauthTokenUrl();

    Optional<String> oauthClientId();

    Optional<String> oauthClientSecret();

    /** The program whose enrollments are polled and looked up; absent does neither. */
    Optional<String> programId();

    /** How many enrollments Flip may list; absent as many as the heap holds. */
    OptionalInt mostEnrollments();

    /** For how long projects without a link look through the same list. */
    @WithDefault("PT10S")
    Duration listLife();

    /** How often enrollments are read; 0 never. */
    @WithDefault("PT5M")
    Duration pollInterval();

    /** Milestones, by name or id, that make an enrollment ACTIVE when they are completed. */
    @WithDefault("Permission to Operate")
    List<String> activatingMilestones();
  }
}
