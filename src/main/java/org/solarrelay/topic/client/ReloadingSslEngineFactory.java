package org.solarrelay.topic.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Certificates and keys of each new connection to Kafka, as {@code kafka.ssl.*} and the files named
 * there have them at that moment. Kafka's own factory knows those the client was made with.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {

  private static final Logger LOG = Logger.getLogger(ReloadingSslEngineFactory.class);

  /** Settings by name, and when the files among them were last written. */
  private record Known(Map<String, ?> settings, Map<Path, FileTime> files) {}

  private Known known;
  private DefaultSslEngineFactory engines;

  @Override
  public void configure(Map<String, ?> settings) {
    known = known();
    engines = engines(known);
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, String identification) {
    return current().createClientSslEngine(host, port, identification);
  }

  private synchronized DefaultSslEngineFactory current() {
    try {
      Known now = known();
      if (!now.equals(known)) {
        engines = engines(now);
        known = now;
      }
    } catch (RuntimeException e) {
      // a half-written file, say; the next connection tries again
      LOG.warnf("Kafka's certificates stay as they are: %s", e.getMessage());
    }
    return engines;
  }

  private static DefaultSslEngineFactory engines(Known known) {
    DefaultSslEngineFactory engines = new DefaultSslEngineFactory();
    engines.configure(known.settings);
    return engines;
  }

  private static Known known() {
    Config config = ConfigProvider.getConfig();
    Map<String, Object> given =
        KafkaConnection.of(key -> config.getOptionalValue(key, String.class));
    Map<String, ?> settings =
        new AbstractConfig(new ConfigDef().withClientSslSupport(), given, false).values();
    Map<Path, FileTime> files = new HashMap<>();
    Stream.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
        .map(given::get)
        .filter(Objects::nonNull)
        .map(file -> Path.of((String) file))
        .forEach(file -> files.put(file, lastWritten(file)));
    return new Known(settings, files);
  }

  private static FileTime lastWritten(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  @Override
  public SSLEngine createServerSslEngine(String host, int port) {
    throw new UnsupportedOperationException("for clients");
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> settings) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public KeyStore keystore() {
    return engines.keystore();
  }

  @Override
  public KeyStore truststore() {
    return engines.truststore();
  }

  @Override
  public void close() {
    engines.close();
  }
}
