package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.standalone.Certificates;

class ReloadingSslEngineFactoryTest {

  private static final String TYPE = "kafka.ssl.truststore.type";
  private static final String LOCATION = "kafka.ssl.truststore.location";

  @TempDir private Path folder;

  private final ReloadingSslEngineFactory tls = new ReloadingSslEngineFactory();
  private Path trusted;
  private long writes;

  @BeforeEach
  void trustAnAuthority() throws Exception {
    trusted = folder.resolve("trusted.crt");
    trust(new Certificates(folder.resolve("first")).ca());
    System.setProperty(TYPE, "PEM");
    System.setProperty(LOCATION, trusted.toString());
    tls.configure(Map.of());
  }

  @AfterEach
  void forget() {
    System.clearProperty(TYPE);
    System.clearProperty(LOCATION);
    tls.close();
  }

  @Test
  void aReplacedCertificateCountsFromTheNextConnectionOn() throws Exception {
    tls.createClientSslEngine("kafka", 9093, "https");
    KeyStore before = tls.truststore();

    trust(new Certificates(folder.resolve("second")).ca());
    tls.createClientSslEngine("kafka", 9093, "https");

    assertThat(tls.truststore()).isNotSameAs(before);
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() {
    tls.createClientSslEngine("kafka", 9093, "https");
    KeyStore before = tls.truststore();

    tls.createClientSslEngine("kafka", 9093, "https");

    assertThat(tls.truststore()).isSameAs(before);
  }

  @Test
  void aFileThatIsNoCertificateLeavesTheOneBeforeInForce() throws Exception {
    KeyStore before = tls.truststore();

    trust(Files.writeString(folder.resolve("half"), "-----BEGIN CERTIFICATE-----\nMIIB"));

    assertThat(tls.createClientSslEngine("kafka", 9093, "https")).isNotNull();
    assertThat(tls.truststore()).isSameAs(before);
  }

  /** Each time with another time of writing, however fast this test is. */
  private void trust(Path certificate) throws Exception {
    Files.copy(certificate, trusted, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(trusted, FileTime.from(Instant.ofEpochSecond(++writes)));
  }
}
