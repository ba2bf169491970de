package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.standalone.Certificates;
import org.solarrelay.standalone.EncryptedKafka;
import org.solarrelay.standalone.EncryptedPostgres;

/** Kafka and PostgreSQL that speak TLS alone are reached by configuration alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EncryptedServicesIT {

  private static final int EVENTS = 12;

  @TempDir private static Path data;

  private Certificates certificates;
  private EncryptedKafka kafka;
  private EncryptedPostgres postgres;
  private CountingVendors vendors;

  @BeforeAll
  void startServices() throws Exception {
    certificates = new Certificates(data.resolve("certificates"));
    kafka = EncryptedKafka.start(data.resolve("kafka"), certificates);
    postgres = EncryptedPostgres.start(data.resolve("postgres"), certificates);
    vendors = new CountingVendors();
  }

  @AfterAll
  void stopServices() throws Exception {
    kafka.close();
    postgres.close();
  }

  /** The last one, since nothing has to be put back then. */
  @Test
  @Order(Integer.MAX_VALUE)
  void leadsAreDeliveredOverScramAndAVerifiedDatabaseAndNewLoginsAreUsedWithoutARestart()
      throws Exception {
    Path secrets = Files.createDirectory(data.resolve("logins"));
    Map<String, String> settings = scram(EncryptedKafka.PASSWORD);
    move(settings, secrets, "KAFKA_SASL_JAAS_CONFIG", "RELAY_DB_PASSWORD");
    String old = postgres.password();
    try (Relay relay = new Relay("scram", settings).start()) {
      assertDelivers(relay, "scram");
      Files.writeString(secrets.resolve("KAFKA_SASL_JAAS_CONFIG"), jaas("new-password"));
      Files.writeString(secrets.resolve("RELAY_DB_PASSWORD"), "new-password");
      awaitSaid(relay, "Settings in RELAY_SECRETS_DIR have changed");
      kafka.restartWithPassword("new-password");
      postgres.replacePassword(old, "new-password");
      relay.awaitReady();
      assertDelivers(relay, "after");
      assertThat(relay.log()).doesNotContain("new-password", old, EncryptedKafka.PASSWORD);
    }
  }

  @Test
  void leadsAreDeliveredOverMutualTlsAndARenewedCertificateIsUsedWithoutARestart()
      throws Exception {
    Path secrets = Files.createDirectory(data.resolve("certificate"));
    Map<String, String> settings = settings("verify-full", certificates.ca());
    settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.mutual());
    settings.put("KAFKA_SECURITY_PROTOCOL", "SSL");
    settings.put("KAFKA_SSL_KEYSTORE_TYPE", "PEM");
    settings.put("RELAY_SECRETS_DIR", secrets.toString());
    putCertificate(certificates, secrets);
    Certificates renewed = new Certificates(data.resolve("renewed"));
    try (Relay relay = new Relay("mutual", settings).start()) {
      assertDelivers(relay, "mutual");
      putCertificate(renewed, secrets);
      awaitSaid(relay, "Settings in RELAY_SECRETS_DIR have changed");
      kafka.restartTrusting(renewed.ca());
      relay.awaitReady();
      assertDelivers(relay, "renewed");
    }
  }

  @Test
  void whoCanNotBeTrustedIsNotTalkedTo() throws Exception {
    Path stranger = new Certificates(data.resolve("stranger")).ca();
    Map<String, String> settings = scram("wrong-password");
    settings.put("RELAY_DB_URL", url("verify-full", stranger));
    try (Relay relay = new Relay("distrust", settings).launch()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(relay.log())
                      .contains("Waiting for Kafka: ")
                      .contains("Waiting for PostgreSQL: ")
                      .contains("Authentication failed"));
      assertThat(relay.log()).doesNotContain("wrong-password", postgres.password());
    }
  }

  private static void putCertificate(Certificates authority, Path secrets) throws Exception {
    authority.signed("client");
    Files.copy(
        authority.file("client.key"),
        secrets.resolve("KAFKA_SSL_KEYSTORE_KEY"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        authority.file("client.crt"),
        secrets.resolve("KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void move(Map<String, String> settings, Path secrets, String... names)
      throws IOException {
    for (String name : names) {
      Files.writeString(secrets.resolve(name), settings.remove(name));
    }
    settings.put("RELAY_SECRETS_DIR", secrets.toString());
  }

  private static void awaitSaid(Relay relay, String text) {
    await().untilAsserted(() -> assertThat(relay.log()).contains(text));
  }

  private void assertDelivers(Relay relay, String name) throws Exception {
    WebhookSender sender =
        WebhookSender.start(name, List.of(relay), EVENTS / 4, 4, 100).continueAfterFault().finish();
    assertThat(sender.accepted).hasSize(EVENTS);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(vendors.events("crm", name)).containsAll(sender.accepted));
  }

  private Map<String, String> scram(String password) throws IOException {
    Map<String, String> settings = settings("verify-full", certificates.ca());
    settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.scram());
    settings.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    settings.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
    settings.put("KAFKA_SASL_JAAS_CONFIG", jaas(password));
    return settings;
  }

  private static String jaas(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(EncryptedKafka.USER, password);
  }

  private Map<String, String> settings(String mode, Path ca) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
    settings.put("KAFKA_SSL_TRUSTSTORE_LOCATION", certificates.ca().toString());
    settings.put("RELAY_DB_URL", url(mode, ca));
    settings.put("RELAY_DB_USER", postgres.user());
    settings.put("RELAY_DB_PASSWORD", postgres.password());
    settings.put("CRM_WEBHOOK_URL", vendors.url("crm") + "/crm");
    settings.put("CRM_WEBHOOK_SECRET", "whsec_ZmF1bHRzLWNybS1zZWNyZXQ=");
    return settings;
  }

  private String url(String mode, Path ca) {
    return "%s?sslmode=%s&sslrootcert=%s".formatted(postgres.jdbcUrl(), mode, ca);
  }
}
