package org.solarrelay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Provides the packaged version and the running Java. */
final class VersionProvider implements IVersionProvider {

  private static final String FILE = "/META-INF/maven/org.solarrelay/solar-relay/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "Solar Relay " + packaged(),
      "Java %s, %s".formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))
    };
  }

  private static String packaged() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = VersionProvider.class.getResourceAsStream(FILE)) {
      if (file != null) {
        properties.load(file);
      }
    }
    return properties.getProperty("version", "(not packaged)");
  }
}
