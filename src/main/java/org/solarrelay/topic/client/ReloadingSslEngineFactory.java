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
 * Creates the TLS engine of each new connection to Kafka from the current {@code kafka.ssl.*} and
 * the files named there. Kafka's own factory keeps the certificates from the client's creation.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {

  private static final Logger LOG = Logger.getLogger(ReloadingSslEngineFactory.class);

  /** TLS settings by name, and the modification times of their files. */
  private record TlsSettings(Map<String, ?> values, Map<Path, FileTime> files) {}

  private TlsSettings current;
  private DefaultSslEngineFactory engines;

  @Override
  public void configure(Map<String, ?> settings) {
    current = read();
    engines = engines(current);
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, String identification) {
    return engines().createClientSslEngine(host, port, identification);
  }

  private synchronized DefaultSslEngineFactory engines() {
    try {
      TlsSettings latest = read();
      if (!latest.equals(current)) {
        engines = engines(latest);
        current = latest;
      }
    } catch (RuntimeException e) {
      // for example a half-written file; the next connection tries again
      LOG.warnf(
          "The new certificates for Kafka cannot be loaded, the previous ones stay in use: %s",
          e.getMessage());
    }
    return engines;
  }

  private static DefaultSslEngineFactory engines(TlsSettings settings) {
    DefaultSslEngineFactory engines = new DefaultSslEngineFactory();
    engines.configure(settings.values);
    return engines;
  }

  private static TlsSettings read() {
    Config config = ConfigProvider.getConfig();
    Map<String, Object> given =
        KafkaSecuritySettings.of(key -> config.getOptionalValue(key, String.class));
    Map<String, ?> settings =
        new AbstractConfig(new ConfigDef().withClientSslSupport(), given, false).values();
    Map<Path, FileTime> files = new HashMap<>();
    Stream.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
        .map(given::get)
        .filter(Objects::nonNull)
        .map(file -> Path.of((String) file))
        .forEach(file -> files.put(file, lastWritten(file)));
    return new TlsSettings(settings, files);
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
    throw new UnsupportedOperationException("only for clients");
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
