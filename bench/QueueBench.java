import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.database.MigrationTransaction;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.CompletedAttempt;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryQueue;
import org.solarrelay.delivery.queue.DerivedEvents;
import org.solarrelay.delivery.queue.OutcomePublisher;
import org.solarrelay.delivery.queue.RoutedEvent;
import org.solarrelay.delivery.queue.TakeLimit;
import org.solarrelay.event.EventReader;
import org.solarrelay.standalone.LocalPostgres;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.KafkaClients;
import org.solarrelay.topic.client.RecordPublisher;

/**
 * Measures what the queue costs PostgreSQL, for each delivery and group of statements: processor
 * time of the connection's process, write-ahead log, and the share of updates that are HOT. Calls
 * the queue as the relay does, and creates its objects by type as the relay's container does, so
 * that it measures builds with different tables and constructors.
 */
final class QueueBench implements AutoCloseable {

  private static final List<String> DESTINATIONS = List.of("enerflo", "solarproof", "crm");
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final TakeLimit SIZE = new TakeLimit(1 << 20, 1 << 20, true);

  /** Deliveries to each destination in a round. Batches of one have fewer, to save time. */
  private static final int DELIVERIES = 200;

  private static final int DELIVERIES_ONE_BY_ONE = 20;

  /** Enough calls for the driver to prepare its statements, and for PostgreSQL to choose plans. */
  private static final int WARM_UP_ROUNDS = 3;

  /** A group of statements, in the order of a round. */
  private enum Phase {
    ADD,
    TAKE,
    RELEASE,
    EXTEND,
    FAILED,
    DELIVERED,
    PUBLISH;

    /** What each delivery costs that succeeds at the first attempt, within one lease. */
    boolean ofEachDelivery() {
      return this == ADD || this == TAKE || this == DELIVERED || this == PUBLISH;
    }
  }

  /**
   * What is in the tables before.
   *
   * @param finished deliveries that are over
   * @param waiting events that are due at each destination
   */
  private record History(String name, int finished, int waiting) {}

  private static final List<History> HISTORIES =
      List.of(
          new History("empty", 0, 0),
          new History("20000-waiting", 0, 20_000),
          new History("1000000-finished", 1_000_000, 0));

  /**
   * How the queue is called.
   *
   * @param batch events in an add, deliveries in each other call
   */
  private record Shape(int destinations, int batch) {

    static final List<Shape> ALL =
        List.of(
            new Shape(1, 200),
            new Shape(1, 64),
            new Shape(1, 1),
            new Shape(3, 200),
            new Shape(3, 64),
            new Shape(3, 1));

    List<String> names() {
      return DESTINATIONS.subList(0, destinations);
    }

    int calls() {
      return batch == 1 ? DELIVERIES_ONE_BY_ONE : Math.max(1, DELIVERIES / batch);
    }
  }

  private record Scenario(History history, boolean analyzed, Shape shape) {

    @Override
    public String toString() {
      return "%-17s %-5s %5d %5d"
          .formatted(history.name, analyzed ? "yes" : "no", shape.destinations, shape.batch);
    }
  }

  private static final String KEY =
      "%-17s %-5s %5s %5s".formatted("history", "stats", "dest", "batch");

  /**
   * PostgreSQL's counters, or a difference of them.
   *
   * @param cpuNanos of the process of the connection
   * @param updated row versions that updates wrote
   * @param hot those of them that no index had to point to
   */
  private record Counters(long cpuNanos, long walBytes, long updated, long hot) {

    static final Counters NONE = new Counters(0, 0, 0, 0);

    Counters minus(Counters other) {
      return new Counters(
          cpuNanos - other.cpuNanos,
          walBytes - other.walBytes,
          updated - other.updated,
          hot - other.hot);
    }

    Counters plus(Counters other) {
      return new Counters(
          cpuNanos + other.cpuNanos,
          walBytes + other.walBytes,
          updated + other.updated,
          hot + other.hot);
    }

    Counters withCpu(long nanos) {
      return new Counters(nanos, walBytes, updated, hot);
    }
  }

  /** What calls cost, for so many deliveries. */
  private record Cost(Counters counters, int deliveries) {

    Cost plus(Cost other) {
      return new Cost(counters.plus(other.counters), deliveries + other.deliveries);
    }

    double cpuMicros() {
      return counters.cpuNanos / 1000.0 / deliveries;
    }

    double walBytes() {
      return (double) counters.walBytes / deliveries;
    }

    Optional<Double> hotPercent() {
      return counters.updated == 0
          ? Optional.empty()
          : Optional.of(100.0 * counters.hot / counters.updated);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private interface BatchWork<T> {
    void on(List<T> batch) throws SQLException;
  }

  private final LocalPostgres postgres;
  private final SmallRyeConfig config;
  private final int rounds;
  private int leads;
  private final Map<Scenario, List<Map<Phase, Cost>>> costs = new LinkedHashMap<>();

  private QueueBench(Path work, int rounds) throws Exception {
    this.rounds = rounds;
    config = config();
    postgres = LocalPostgres.start(work.resolve("postgres"), 0);
    try (AgroalDataSource server = pool("postgres")) {
      // the figures must not depend on the moment: vacuum changes pages and statistics, and after
      // a checkpoint the first change of a page writes all of it to the log
      for (String setting :
          List.of(
              "autovacuum = off",
              "full_page_writes = off",
              "max_wal_size = '16GB'",
              "checkpoint_timeout = '1h'")) {
        execute(server, "alter system set " + setting);
      }
      execute(server, "select pg_reload_conf()");
    }
  }

  /**
   * @param args a directory for everything, the number of rounds
   */
  public static void main(String... args) throws Exception {
    try (QueueBench bench = new QueueBench(Path.of(args[0]), Integer.parseInt(args[1]))) {
      double loadBefore = load();
      for (History history : HISTORIES) {
        bench.run(history);
      }
      bench.print();
      System.out.printf(
          Locale.ROOT, "%n%s, load average %.1f to %.1f%n", LocalDate.now(), loadBefore, load());
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void run(History history) throws Exception {
    String filled = "filled";
    create(filled, "template0");
    try (AgroalDataSource pool = pool(filled)) {
      fill(pool, history);
    }
    for (boolean analyzed : List.of(false, true)) {
      create("measured", filled);
      try (Database database = new Database(pool("measured"))) {
        database.warmUp();
        if (analyzed) {
          execute(database.pool, "analyze");
        }
        for (Shape shape : Shape.ALL) {
          Scenario scenario = new Scenario(history, analyzed, shape);
          progress(scenario.toString());
          costs.put(scenario, database.run(shape));
        }
      }
      drop("measured");
    }
    drop(filled);
  }

  private void create(String database, String template) throws Exception {
    onServer("create database %s template %s strategy file_copy".formatted(database, template));
  }

  private void drop(String database) throws Exception {
    onServer("drop database " + database);
  }

  private void onServer(String sql) throws Exception {
    try (AgroalDataSource server = pool("postgres")) {
      execute(server, sql);
    }
  }

  private void fill(AgroalDataSource pool, History history) throws Exception {
    migrate(pool, FinishedDeliveries.SCHEMA_VERSION);
    if (history.finished > 0) {
      progress("writing %d finished deliveries".formatted(history.finished));
      FinishedDeliveries.write(pool, history.finished);
    }
    long start = System.nanoTime();
    migrate(pool, "latest");
    progress(
        "%d finished deliveries: migrated from version %s in %.1f s"
            .formatted(
                history.finished,
                FinishedDeliveries.SCHEMA_VERSION,
                (System.nanoTime() - start) / 1e9));
    Database database = new Database(pool);
    for (int added = 0; added < history.waiting; added += 500) {
      database.queue.add(database.leads(500, DESTINATIONS));
    }
  }

  private static void migrate(AgroalDataSource pool, String version) {
    FluentConfiguration flyway = Flyway.configure().dataSource(pool).target(version);
    new MigrationTransaction().customize(flyway);
    flyway.load().migrate();
  }

  /**
   * Writes deliveries of the past into the tables of one version of the schema. The migrations of
   * the build move them into its own tables, so these statements fit every build.
   */
  private static final class FinishedDeliveries {

    static final String SCHEMA_VERSION = "14";

    /** Four events of each record, over the last 29 days. */
    static void write(AgroalDataSource pool, int count) throws SQLException {
      execute(
          pool,
          """
          insert into event (source, id, type, subject, happened_at, topic, partition, "offset",
            timestamp_ms, headers, value, recorded_at)
          select 'past', 'past-' || n, 'lead.submitted', 'past-' || n / 4, at, 'solar.leads', 0, n,
            extract(epoch from at) * 1000, '[]', convert_to(repeat('x', 400), 'UTF8'), at
          from generate_series(1, %1$d) n, lateral (
            select now() - (%1$d - n) * interval '29 days' / %1$d as at)
          """
              .formatted(count));
      execute(
          pool,
          """
          insert into delivery (source, event_id, destination, record, state, attempts, due_at,
            status, answer, vendor_id, created_at, first_attempt_at, last_attempt_at, finished_at)
          select source, id, 'enerflo', 'past:' || subject, 'delivered', 1, recorded_at, 200,
            '{"id":"' || "offset" || '"}', "offset"::text, recorded_at, recorded_at, recorded_at,
            recorded_at
          from event order by "offset"
          """);
    }
  }

  /** One connection, so that one process of PostgreSQL does all the work. */
  private AgroalDataSource pool(String database) throws Exception {
    String url = postgres.jdbcUrl().replaceFirst("/postgres$", "/" + database);
    String driver = "quarkus.datasource.jdbc.additional-jdbc-properties.";
    NamePrincipal user = new NamePrincipal(postgres.user());
    SimplePassword password = new SimplePassword(postgres.password());
    var settings = new AgroalDataSourceConfigurationSupplier();
    settings.connectionPoolConfiguration(
        pool ->
            pool.maxSize(1)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .connectionFactoryConfiguration(
                    factory -> {
                      factory.jdbcUrl(url).principal(user).credential(password);
                      factory.initialSql(
                          config.getValue(
                              "quarkus.datasource.jdbc.new-connection-sql", String.class));
                      for (String name : config.getPropertyNames()) {
                        if (name.startsWith(driver)) {
                          factory.jdbcProperty(
                              name.substring(driver.length()), config.getValue(name, String.class));
                        }
                      }
                      return factory;
                    }));
    return AgroalDataSource.from(settings);
  }

  /** The configuration of the build, with all destinations on. */
  private static SmallRyeConfig config() throws IOException {
    Map<String, String> own =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "localhost:1",
            "ENERFLO_URL", "http://localhost:1",
            "ENERFLO_API_KEY", "bench",
            "SOLARPROOF_URL", "http://localhost:1",
            "SOLARPROOF_API_KEY", "bench",
            "CRM_WEBHOOK_URL", "http://localhost:1",
            "CRM_WEBHOOK_SECRET", "whsec_YmVuY2gtY3JtLXNlY3JldA==");
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withProfile("prod")
        .withMapping(RelayConfig.class)
        .withSources(
            new PropertiesConfigSource(own, "bench", 500),
            new PropertiesConfigSource(
                RelayConfig.class.getResource("/application.properties"), 250))
        .build();
  }

  private static void execute(AgroalDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The queue on one database, and the counters of that database. */
  private final class Database implements AutoCloseable {

    private final AgroalDataSource pool;
    private final Beans beans = new Beans();
    private final DeliveryQueue queue;
    private final Path schedulerFigures;

    Database(AgroalDataSource pool) throws Exception {
      this.pool = pool;
      beans.add(pool);
      beans.add(new SimpleMeterRegistry());
      beans.add(new ObjectMapper());
      beans.add(config);
      beans.add(config.getConfigMapping(RelayConfig.class));
      queue = beans.get(DeliveryQueue.class);
      schedulerFigures = Path.of("/proc/%d/schedstat".formatted(number("select pg_backend_pid()")));
    }

    void warmUp() throws Exception {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        for (Shape shape : Shape.ALL) {
          round(shape);
        }
      }
    }

    List<Map<Phase, Cost>> run(Shape shape) throws Exception {
      round(shape);
      List<Map<Phase, Cost>> costs = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        costs.add(round(shape));
      }
      return costs;
    }

    /**
     * Adds events and delivers them. Before that, each delivery is released once and fails once.
     */
    private Map<Phase, Cost> round(Shape shape) throws Exception {
      int deliveries = shape.calls() * shape.batch * shape.destinations;
      List<List<RoutedEvent>> events = new ArrayList<>();
      for (int call = 0; call < shape.calls(); call++) {
        events.add(leads(shape.batch, shape.names()));
      }
      List<List<Delivery>> taken = new ArrayList<>();
      Map<Phase, Cost> costs = new EnumMap<>(Phase.class);

      measure(costs, Phase.ADD, deliveries, () -> each(events, queue::add));
      measure(costs, Phase.TAKE, deliveries, () -> take(shape, taken));
      measure(costs, Phase.RELEASE, deliveries, () -> each(taken, queue::release));
      measure(costs, Phase.TAKE, deliveries, () -> take(shape, taken));
      measure(
          costs, Phase.EXTEND, deliveries, () -> each(taken, batch -> queue.extend(batch, LEASE)));
      measure(
          costs, Phase.FAILED, deliveries, () -> each(taken, batch -> queue.record(failed(batch))));
      measure(costs, Phase.TAKE, deliveries, () -> take(shape, taken));
      measure(
          costs,
          Phase.DELIVERED,
          deliveries,
          () -> each(taken, batch -> queue.record(delivered(batch))));
      long outcomes = unpublishedOutcomes();
      if (outcomes > 0) {
        measure(costs, Phase.PUBLISH, deliveries, () -> publish(outcomes));
      }
      return costs;
    }

    private List<RoutedEvent> leads(int count, List<String> destinations) {
      List<RoutedEvent> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ConsumerRecord<byte[], byte[]> record = lead(leads++);
        var event = EventReader.read(record);
        batch.add(
            new RoutedEvent(event, record, destinations, new DerivedEvents(event, reason -> {})));
      }
      return batch;
    }

    private void take(Shape shape, List<List<Delivery>> taken) throws SQLException {
      taken.clear();
      for (int call = 0; call < shape.calls(); call++) {
        for (String destination : shape.names()) {
          List<Delivery> batch = queue.take(destination, shape.batch, SIZE, LEASE);
          if (batch.size() != shape.batch) {
            throw new IllegalStateException(
                "%s: took %d of %d".formatted(destination, batch.size(), shape.batch));
          }
          taken.add(batch);
        }
      }
    }

    /** How many outcomes are recorded and not published; none in a build that publishes first. */
    private long unpublishedOutcomes() throws SQLException {
      return number("select count(*) from pg_class where relname = 'unannounced'") == 0
          ? 0
          : number("select count(*) from unannounced");
    }

    private void publish(long outcomes) throws Exception {
      AcknowledgedPublisher kafka = new AcknowledgedPublisher(beans.get(KafkaClients.class));
      Beans all = new Beans(beans);
      all.add(kafka);
      OutcomePublisher publisher = all.get(OutcomePublisher.class);
      kafka.onRecords(outcomes, publisher::stop);
      publisher.run();
    }

    /** Runs the work and adds what PostgreSQL did for it. */
    private void measure(Map<Phase, Cost> costs, Phase phase, int deliveries, Work work)
        throws Exception {
      Counters before = counters();
      long cpuBefore = cpuNanos();
      work.run();
      long cpu = cpuNanos() - cpuBefore;
      Counters used = counters().minus(before).withCpu(cpu);
      costs.merge(phase, new Cost(used, deliveries), Cost::plus);
    }

    private Counters counters() throws SQLException {
      // the process reports what it has counted once this statement is over
      execute(pool, "select pg_stat_force_next_flush()");
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal,
                    sum(n_tup_upd) as updated, sum(n_tup_hot_upd) as hot
                  from pg_stat_user_tables
                  """)) {
        row.next();
        return new Counters(0, row.getLong("wal"), row.getLong("updated"), row.getLong("hot"));
      }
    }

    /** Linux: the first figure is the time on a processor, in nanoseconds. */
    private long cpuNanos() throws IOException {
      return Long.parseLong(Files.readString(schedulerFigures).split(" ")[0]);
    }

    private long number(String sql) throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /** A lead of a record of its own, with a match key of its own. */
  private static ConsumerRecord<byte[], byte[]> lead(int number) {
    ProducerRecord<String, byte[]> lead = Backlog.lead("solar.leads", "web", number, 1);
    byte[] key = lead.key().getBytes();
    return new ConsumerRecord<>(
        lead.topic(),
        0,
        number,
        System.currentTimeMillis(),
        TimestampType.CREATE_TIME,
        key.length,
        lead.value().length,
        key,
        lead.value(),
        lead.headers(),
        Optional.empty());
  }

  private static <T> void each(List<List<T>> batches, BatchWork<T> work) throws SQLException {
    for (List<T> batch : batches) {
      work.on(batch);
    }
  }

  /** As long as the request of a lead, 0.8 KB. */
  private static final String CALLS =
      """
      [{"method":"POST","url":"https://enerflo.io/api/v1/partner/action/lead/add",\
      "headers":{"Accept":"application/json","Content-Type":"application/json"},"status":201,"durationMs":51,\
      "body":"%s"}]"""
          .formatted("{\\\"field\\\":\\\"as long as a value is\\\"},".repeat(15));

  private static List<CompletedAttempt> delivered(List<Delivery> batch) {
    return batch.stream()
        .map(
            delivery -> {
              String id = "" + (1_000_000 + delivery.id());
              String response = "{\"id\":\"%s\",\"status\":\"created\"}".formatted(id);
              AttemptResult result = AttemptResult.delivered(id).withResponse(201, response);
              return attempt(delivery, result);
            })
        .toList();
  }

  private static CompletedAttempt attempt(Delivery delivery, AttemptResult result) {
    try {
      return CompletedAttempt.class
          .getConstructor(Delivery.class, AttemptResult.class, Duration.class)
          .newInstance(delivery, withCalls(result), Duration.ofMillis(52));
    } catch (NoSuchMethodException e) {
      return new CompletedAttempt(delivery, result);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The result with a request to Enerflo, where the build stores requests. */
  private static AttemptResult withCalls(AttemptResult result) {
    try {
      return (AttemptResult)
          AttemptResult.class.getMethod("withCalls", String.class).invoke(result, CALLS);
    } catch (NoSuchMethodException e) {
      return result;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Attempts that failed, and may be repeated at once. */
  private static List<CompletedAttempt> failed(List<Delivery> batch) {
    AttemptResult result =
        AttemptResult.retry(
            Duration.ZERO, 503, "503 Service Unavailable", "{\"error\":\"try again later\"}");
    return batch.stream().map(delivery -> attempt(delivery, result)).toList();
  }

  /** Acknowledges every record at once: Kafka's own time is no part of the figures. */
  private static final class AcknowledgedPublisher extends RecordPublisher {

    private long awaited;
    private Runnable whenAllCame;

    AcknowledgedPublisher(KafkaClients clients) {
      super(clients);
    }

    void onRecords(long count, Runnable listener) {
      awaited = count;
      whenAllCame = listener;
    }

    @Override
    public List<AppendResult> append(List<ProducerRecord<byte[], byte[]>> records) {
      awaited -= records.size();
      if (awaited <= 0) {
        whenAllCame.run();
      }
      return records.stream()
          .map(record -> new AppendResult(Optional.empty(), Optional.empty()))
          .toList();
    }
  }

  /** Creates objects by the types of their constructor's parameters, each once. */
  private static final class Beans {

    private final List<Object> created;

    Beans() {
      created = new ArrayList<>();
    }

    Beans(Beans parent) {
      created = new ArrayList<>(parent.created);
    }

    void add(Object bean) {
      created.add(bean);
    }

    <T> T get(Class<T> type) throws ReflectiveOperationException {
      for (Object bean : created) {
        if (type.isInstance(bean)) {
          return type.cast(bean);
        }
      }
      if (type.isInterface()) {
        // the sink of outcomes: Kafka, which takes them all
        return type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, all) -> List.of()));
      }
      Constructor<?> constructor = constructor(type);
      List<Object> parameters = new ArrayList<>();
      for (Class<?> parameter : constructor.getParameterTypes()) {
        parameters.add(get(parameter));
      }
      constructor.setAccessible(true);
      T bean = type.cast(constructor.newInstance(parameters.toArray()));
      created.add(bean);
      return bean;
    }

    private static Constructor<?> constructor(Class<?> type) {
      Constructor<?>[] all = type.getDeclaredConstructors();
      return Arrays.stream(all)
          .filter(one -> all.length == 1 || one.isAnnotationPresent(Inject.class))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("%s has several constructors".formatted(type)));
    }
  }

  private void print() {
    print("Processor time of PostgreSQL for a delivery, us", cost -> Optional.of(cost.cpuMicros()));
    print("Write-ahead log for a delivery, bytes", cost -> Optional.of(cost.walBytes()));
    print("Updates that are HOT, %", Cost::hotPercent);
  }

  /** A line for each scenario, with the median of the rounds for each phase. */
  private void print(String title, Function<Cost, Optional<Double>> figure) {
    boolean addsUp = !title.contains("%");
    System.out.printf("%n%s%n%s", title, KEY);
    for (Phase phase : Phase.values()) {
      System.out.print(cell(phase.name().toLowerCase(Locale.ROOT)));
    }
    System.out.println(addsUp ? cell("each") : "");
    costs.forEach(
        (scenario, all) -> {
          StringBuilder line = new StringBuilder(scenario.toString());
          double each = 0;
          for (Phase phase : Phase.values()) {
            List<Double> figures =
                all.stream()
                    .flatMap(
                        round -> Optional.ofNullable(round.get(phase)).flatMap(figure).stream())
                    .toList();
            line.append(figures.isEmpty() ? cell("-") : cell(Median.of(figures)));
            each += figures.isEmpty() || !phase.ofEachDelivery() ? 0 : Median.of(figures);
          }
          System.out.println(line + (addsUp ? cell(each) : ""));
        });
  }

  private static String cell(double figure) {
    return cell("%.0f".formatted(figure));
  }

  private static String cell(String text) {
    return "%10s".formatted(text);
  }

  private static void progress(String text) {
    System.err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
