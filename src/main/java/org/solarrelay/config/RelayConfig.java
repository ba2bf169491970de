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

/**
 * All settings under {@code relay.*}; application.properties maps environment variables to them.
 */
@ConfigMapping(prefix = "relay")
public interface RelayConfig {

  /** The folder of the route files, relative to the working directory. */
  String routesDir();

  /**
   * The maximum number of routes and kamelets that a message may visit; a message that visits more
   * becomes dead.
   */
  @WithDefault("1000")
  int maxRouteVisits();

  /**
   * What the relay does with a change of route files if a spec of a changed route fails. Default:
   * {@code reject} in standalone mode, else {@code warn}.
   */
  Optional<SpecMode> reloadSpecs();

  /** The time limit for all specs of one change; a spec that has not ended by then fails. */
  @WithDefault("PT30S")
  Duration reloadSpecTime();

  /**
   * How often the relay reads the folders of routes and secrets, at least 0.1 s. A change of routes
   * takes effect when the files are unchanged for half of this time; a change of secrets when two
   * reads are equal.
   */
  @WithDefault("PT0.5S")
  Duration reloadInterval();

  /** A folder with one file per setting, named as its variable; watched for changes. */
  Optional<String> secretsDir();

  /** The origin at which vendors reach this relay, for subscriptions to their webhooks. */
  Optional<String> publicUrl();

  /** How long after a write to a vendor a webhook with the same state is an echo. */
  @WithDefault("PT2M")
  Duration echoWindow();

  /** Whether the relay runs in standalone mode, in which sources without a secret are open. */
  @WithDefault("false")
  boolean standalone();

  Intake intake();

  /** The sources of webhooks, by the name in {@code /webhooks/{name}}. */
  Map<String, Source> sources();

  Kafka kafka();

  Consumers consumers();

  /** The destinations by name; the route from {@code delivery:{name}} calls each. */
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

  Reconcile reconcile();

  interface Intake {
    /** The limit of a webhook body, at most 10M; the relay creates topics that can hold it. */
    @WithDefault("1M")
    MemorySize maxBody();

    /**
     * The limit of all webhook bodies in memory together, at least four times {@link #maxBody}.
     * Default: an eighth of the heap, or that minimum.
     */
    Optional<MemorySize> bodyMemory();
  }

  interface Source {
    /** The accepted tokens; several allow rotation. */
    Optional<List<String>> tokens();

    /** The accepted Standard Webhooks secrets ({@code whsec_<base64>}); they replace tokens. */
    Optional<List<String>> signingSecrets();

    /** Whether the URL names the event: {@code /webhooks/{source}/{event}}. */
    @WithDefault("false")
    boolean eventInPath();

    /**
     * How long a webhook without an id is a duplicate if its content equals the latest one of the
     * same record and kind of event; 0 for never.
     */
    @WithDefault("PT0S")
    Duration duplicateWindow();
  }

  interface Kafka {
    String bootstrapServers();

    /** The number of partitions of topics that the relay creates. */
    @WithDefault("12")
    int partitions();

    /** The replication factor of topics that the relay creates; -1 for the broker's default. */
    @WithDefault("-1")
    short replication();

    /**
     * The prefix of consumer groups: {@code <prefix>-translate}, {@code <prefix>-fan-out} and
     * {@code <prefix>-<route id>}.
     */
    @WithDefault("solar-relay")
    String groupPrefix();
  }

  interface Consumers {
    /**
     * Whether this pod translates and fans out. If false, the pod only accepts webhooks and calls
     * destinations, and another pod must consume the topics.
     */
    @WithDefault("true")
    boolean enabled();
  }

  interface Destination {
    /** The destination's URL; without it the destination is off. */
    Optional<String> url();

    /** The API key; without it a destination that requires one is off. */
    Optional<String> apiKey();

    /** Whether the destination requires a key. */
    @WithDefault("false")
    boolean keyRequired();

    /**
     * The data field by which the destination itself identifies records, such as {@code email}. The
     * relay delivers events with the same value one at a time, so that no record is created twice.
     */
    Optional<String> matchesBy();

    /**
     * Whether all events of a record set the same state at the destination, so that a later event
     * of any type supersedes an earlier one.
     */
    @WithDefault("false")
    boolean oneState();

    /** The rate limit for all pods together; absent or 0 for none. */
    Optional<@WithConverter(CallRate.FromText.class) CallRate> rateLimit();

    /** The number of concurrent calls per pod. Default: {@link Delivery#inFlight}. */
    OptionalInt inFlight();

    /** The maximum number of calls of one delivery, for the rate limit. */
    @WithDefault("1")
    int callsPerDelivery();

    /** The settings that turn the destination on, as text for messages. */
    @WithDefault("its url")
    String settings();

    /**
     * Why the destination is off, as text for messages; set for entries of
     * routes/destinations.yaml.
     */
    Optional<String> offReason();

    default boolean on() {
      return url().isPresent() && (apiKey().isPresent() || !keyRequired());
    }

    /** Why the destination is off, such as {@code FLIP_URL is not set}; empty if it is on. */
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

    /**
     * The host and port of the URL, which hold no secret; empty if the URL is absent or invalid.
     */
    default Optional<String> host() {
      return url()
          .filter(DestinationEntry::isUrl)
          .map(URI::create)
          .map(url -> url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
    }
  }

  interface Delivery {
    /** The number of concurrent calls per destination and pod. */
    @WithDefault("32")
    int inFlight();

    /** The duration of a lease, after which another pod may take over the delivery. */
    @WithDefault("PT45S")
    Duration lease();

    /**
     * Statuses that mean a rejected key. After the destination has rejected deliveries of two
     * records in a row, it is paused until it accepts the key. Each entry is a status such as
     * {@code 401} or a class such as {@code 5xx}.
     */
    @WithDefault("401,403")
    List<@WithConverter(StatusRange.FromText.class) StatusRange> keyStatuses();

    /**
     * The number of rejections that make a delivery dead, counted after the destination has
     * accepted the key for another record.
     */
    @WithDefault("5")
    int ownRefusals();

    /**
     * Statuses that the relay retries. A failure status that is neither here nor in {@link
     * #keyStatuses} is permanent.
     */
    @WithDefault("408,425,429,5xx")
    List<@WithConverter(StatusRange.FromText.class) StatusRange> transientStatuses();

    @WithDefault("PT1S")
    Duration retryInitialDelay();

    @WithDefault("PT10M")
    Duration retryMaxDelay();

    /** How long the relay retries a delivery after its first attempt, before it is dead. */
    @WithDefault("PT24H")
    Duration retryBudget();

    /** The time in which data that an event still lacks are expected to arrive. */
    @WithDefault("PT10M")
    Duration notYetWindow();

    /** The maximum delay between two attempts within {@link #notYetWindow}. */
    @WithDefault("PT30S")
    Duration notYetMaxDelay();

    /**
     * The number of consecutive failures that open the circuit breaker, if they come from more than
     * one delivery or without any response.
     */
    @WithDefault("5")
    int circuitFailures();

    /** The delay before the first probe of a destination that is down; doubles with each probe. */
    @WithDefault("PT1S")
    Duration probeInitialDelay();

    /** The maximum delay between two probes, also between two probes of the key. */
    @WithDefault("PT30S")
    Duration probeMaxDelay();

    /** The time limit for all calls of one delivery; after it the attempt counts as lost. */
    @WithDefault("PT2M")
    Duration longestCall();

    /** How many characters of a response the database stores. */
    @WithDefault("2000")
    int answerLimit();

    /** Whether the database stores the requests of attempts, with their personal data. */
    @WithDefault("true")
    boolean storeRequests();

    /** How long the relay waits for running calls when it stops. */
    @WithDefault("PT25S")
    Duration drain();
  }

  interface Ledger {
    /** How long the database keeps finished deliveries, at least a day; 0 for ever. */
    @WithDefault("P30D")
    Duration retention();
  }

  /** Memory limits of the stages of a pod; defaults derive from the heap. */
  interface Memory {
    /**
     * The limit of parsed JSON of all stages, counted as 32 times the text. Default: a quarter of
     * the heap.
     */
    Optional<MemorySize> trees();

    /**
     * The limit of elements (brackets, names and values) of one JSON body; a body with more is
     * dead. Default: one per 2 KiB of heap, between 20,000 and 1,000,000. Intake accepts at most
     * 200,000.
     */
    OptionalLong jsonElements();
  }

  /** Limits of the search in Kafka for a webhook that the database does not have yet. */
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
    /** The OTLP endpoint for traces; without it the relay creates none. */
    Optional<String> endpoint();
  }

  interface Oidc {
    /** Whether operators may log in through an identity provider. */
    @WithDefault("false")
    boolean enabled();
  }

  /** Limits of the relay's HTTP server. */
  interface Server {
    /**
     * The time from a request's first byte to its response, after which the relay closes the
     * connection.
     */
    @WithDefault("PT30S")
    Duration requestDeadline();

    /** The limit of a request body outside {@code /webhooks}. */
    @WithDefault("2M")
    MemorySize maxBody();

    /** Further host names that requests may use when no token is required. */
    Optional<List<String>> hosts();
  }

  /** Settings of the HTTP clients that call vendors. */
  interface Http {
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** The idle time-out of a call. */
    @WithDefault("PT15S")
    Duration responseTimeout();

    /** The number of concurrent connections for each operation of a vendor. */
    int connections();
  }

  interface Enerflo {
    /** The Enerflo user who is the creator if an event names none. */
    Optional<String> creator();

    /** The deal template for signed or qualified leads that name none. */
    OptionalInt dealTypeWhenSigned();

    /** The path segment of lead/add that names the partner of a lead. */
    @WithDefault("partner")
    String partner();

    /** The meanings of an install's status numbers, each as {@code number=word}. */
    @WithDefault("4=on-hold")
    List<String> installStatuses();

    /** The region of phone numbers without a country code. */
    @WithDefault("US")
    String region();

    /**
     * Sources whose record ids are sent unchanged; ids of other sources get the source as prefix.
     */
    @WithDefault("crm")
    List<String> plainRecordIdSources();
  }

  /** Reconciliation: the relay reads the vendors' lists and finds what no webhook reported. */
  interface Reconcile {
    /** The vendors by name. */
    Map<String, ReconciledVendor> vendors();

    /** The part of a vendor's rate limit that reconciliation may use, above 0 and at most 1. */
    @WithDefault("0.2")
    double share();

    /** The calls per minute to a vendor without a rate limit. */
    @WithDefault("60")
    int callsPerMinute();

    /**
     * How long the relay waits after the last page before it compares the differences again. A
     * webhook that was on its way has arrived by then.
     */
    @WithDefault("PT5S")
    Duration settle();

    /** The minimum length of an outage of intake that starts a run. */
    @WithDefault("PT1M")
    Duration outage();

    /** Settings of one vendor. */
    interface ReconciledVendor {
      /** The time between two runs; 0 turns them off. Default: PT5M in standalone mode, else 0. */
      Optional<Duration> interval();
    }
  }

  interface Flip {
    /** Whether the relay unenrolls or rejects enrollments without an operator's approval. */
    @WithDefault("false")
    boolean allowUnenroll();

    /** The URL for tokens, if client credentials replace a key. */
    @WithDefault("https://oauth.flip.energy/token")
    String oauthTokenUrl();

    Optional<String> oauthClientId();

    Optional<String> oauthClientSecret();

    /**
     * The program whose enrollments are polled and searched; without it the relay neither polls nor
     * searches.
     */
    Optional<String> programId();

    /** The limit of listed enrollments. Default: as many as the heap holds. */
    OptionalInt mostEnrollments();

    /** How long projects without a link share one list of enrollments. */
    @WithDefault("PT10S")
    Duration listLife();

    /** How often the relay polls enrollments; 0 for never. */
    @WithDefault("PT5M")
    Duration pollInterval();

    /** Milestones, by name or id, whose completion makes an enrollment ACTIVE. */
    @WithDefault("Permission to Operate")
    List<String> activatingMilestones();
  }
}
