package org.solarrelay;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.solarrelay.cases.RememberingVendors;
import org.solarrelay.dryrun.RoutesCopy;
import org.solarrelay.standalone.EmbeddedKafka;
import org.solarrelay.standalone.LocalPostgres;
import org.solarrelay.standalone.PostgresTemplate;

/** The services of tests: a real Kafka, a real PostgreSQL, and WireMock as vendors. */
public class RelayEnvironment implements QuarkusTestResourceLifecycleManager {

  /** Counts concurrent calls, for stubs that use this transformer. */
  public static final BusyVendors BUSY = new BusyVendors();

  /**
   * All vendors on one server, because their paths do not overlap. Has threads for all concurrent
   * calls, so that the server is not the bottleneck.
   */
  public static final WireMockServer VENDORS =
      new WireMockServer(
          options().dynamicPort().containerThreads(160).extensions(BUSY, new RememberingVendors()));

  /** Issues tokens of operators, beside the operator token. */
  public static final IdentityProvider IDENTITY = new IdentityProvider();

  private static final Map<String, String> SECRETS =
      Map.of(
          "ENERFLO_API_KEY", "enerflo-test-key",
          "SOLARPROOF_API_KEY", "solarproof-test-key",
          "FLIP_API_KEY", "flip-test-key",
          "CRM_WEBHOOK_SECRET", "whsec_dGVzdC1zZWNyZXQtb2YtdGhlLWNybQ==",
          "WEBHOOK_TOKEN_ENERFLO", "enerflo-token,enerflo-next-token",
          "WEBHOOK_TOKEN_SOLARPROOF", "solarproof-token",
          "WEBHOOK_TOKEN_LEADS", "leads-token",
          "WEBHOOK_SECRET_FLIP", "whsec_dGVzdC1zZWNyZXQtb2YtZmxpcC0x",
          "RELAY_OPERATOR_TOKEN", "operator-token");

  private static EmbeddedKafka kafka;
  private static Path secrets;
  private static Path routes;
  private LocalPostgres postgres;
  private Path data;

  /** Kafka's address, for tests that produce or consume. */
  public static String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Writes a secret to its file, as for a mounted Secret. */
  public static void replaceSecret(String name, String value) throws IOException {
    Path next = Files.writeString(secrets.resolve("." + name), value);
    Files.move(next, secrets.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a secret that {@link #replaceSecret} added. */
  public static void removeSecret(String name) throws IOException {
    Files.deleteIfExists(secrets.resolve(name));
  }

  /** The folder of route files, a copy; a test that edits it restores it. */
  public static Path routes() {
    return routes;
  }

  /** Writes all secrets with the values that tests expect. */
  public static void writeDefaultSecrets() throws IOException {
    for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
      replaceSecret(secret.getKey(), secret.getValue());
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      data = Files.createTempDirectory("relay-test");
      kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
      postgres = PostgresTemplate.start(data.resolve("postgres"), 0);
      disableSynchronousCommit();
      secrets = Files.createDirectory(data.resolve("secrets"));
      writeDefaultSecrets();
      routes = RoutesCopy.in(data.resolve("routes"));
      VENDORS.start();
      IDENTITY.start();
      return configuration();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Turns synchronous commits off, because these tests kill no process. */
  private void disableSynchronousCommit() throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set fsync = off");
      statement.execute("select pg_reload_conf()");
    }
  }

  private Map<String, String> configuration() throws IOException {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("RELAY_SECRETS_DIR", secrets.toString());
    configuration.put("RELAY_ROUTES_DIR", routes.toString());
    configuration.put("RELAY_SERVER_REQUEST_DEADLINE", "PT10S");
    configuration.put("relay.reload-interval", "PT0.2S");
    configuration.put("quarkus.http.limits.max-connections", "400");
    configuration.put("RELAY_OIDC_ENABLED", "true");
    configuration.put("RELAY_OIDC_URL", IDENTITY.url());
    configuration.put("RELAY_OIDC_CLIENT_ID", IdentityProvider.CLIENT);
    configuration.put("quarkus.oidc.credentials.secret", "a-client-secret-of-32-characters");
    configuration.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    configuration.put("RELAY_DB_URL", postgres.jdbcUrl());
    configuration.put("RELAY_DB_USER", postgres.user());
    configuration.put("RELAY_DB_PASSWORD", postgres.password());
    for (String vendor : new String[] {"ENERFLO", "SOLARPROOF", "FLIP"}) {
      configuration.put(vendor + "_URL", VENDORS.baseUrl());
    }
    configuration.put("ENERFLO_CREATOR", "relay@example.com");
    configuration.put("ENERFLO_DEAL_TYPE_WHEN_SIGNED", "101");
    configuration.put("FLIP_PROGRAM_ID", "test-program");
    // tests that need a poll start it themselves
    configuration.put("FLIP_POLL_INTERVAL", "PT0S");
    configuration.put("relay.flip.list-life", "PT0.5S");
    configuration.put("relay.reconcile.settle", "PT0S");
    configuration.put("relay.reconcile.calls-per-minute", "60000");
    configuration.put("CRM_WEBHOOK_URL", VENDORS.baseUrl() + "/crm");
    configuration.put("RELAY_RETRY_INITIAL_DELAY", "PT0.1S");
    configuration.put("ENERFLO_RATE_LIMIT", "0");
    configuration.put("RELAY_MAX_JSON_ELEMENTS", "100000");
    // builds on shared cores are slow
    configuration.put("relay.search.longest", "PT10S");
    return configuration;
  }

  @Override
  public void stop() {
    VENDORS.stop();
    IDENTITY.stop();
    kafka.close();
    try {
      postgres.close();
      Utils.delete(data.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
