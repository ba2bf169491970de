package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.startup.StartRefusedException;

class StartCheckTest {
  @TempDir Path dir;

  @Test
  void oneMessageNamesEveryPortInUseAndItsVariable() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket http = new ServerSocket(0, 1, loopback);
        ServerSocket everywhere = new ServerSocket(0)) {
      StandaloneSettings settings =
          settings(http.getLocalPort(), LocalPorts.anyFree(), everywhere.getLocalPort());

      assertThatThrownBy(() -> StartCheck.claim(settings))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining(
              "port %d (HTTP) is in use: set QUARKUS_HTTP_PORT to another", http.getLocalPort())
          .hasMessageContaining(
              "port %d (Kafka) is in use: set RELAY_STANDALONE_KAFKA_PORT to another",
              everywhere.getLocalPort())
          .hasMessageNotContaining("QUARKUS_MANAGEMENT_PORT");
    }
  }

  @Test
  void onePortForTwoServicesIsReported() throws Exception {
    int port = LocalPorts.anyFree();

    assertThatThrownBy(() -> StartCheck.claim(settings(port, port, LocalPorts.anyFree())))
        .hasMessageContaining("port %d is configured twice: set QUARKUS_MANAGEMENT_PORT", port);
  }

  @Test
  void aDataDirectoryInUseIsReportedWithThePid() throws Exception {
    StandaloneSettings settings =
        settings(LocalPorts.anyFree(), LocalPorts.anyFree(), LocalPorts.anyFree());
    try (DataDir first = StartCheck.claim(settings)) {
      assertThatThrownBy(() -> StartCheck.claim(settings))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("in use by another Solar Relay")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("RELAY_DATA_DIR");
    }
  }

  @Test
  void aFailedStartUnlocksTheDataDirectory() throws Exception {
    int port = LocalPorts.anyFree();
    assertThatThrownBy(() -> StartCheck.claim(settings(port, port, port)))
        .isInstanceOf(StartRefusedException.class);

    try (DataDir claimed =
        StartCheck.claim(settings(port, LocalPorts.anyFree(), LocalPorts.anyFree()))) {
      assertThat(claimed.resolve("lock")).exists();
    }
  }

  @Test
  void aFileInPlaceOfTheDataDirectoryIsReported() throws Exception {
    Path file = Files.writeString(dir.resolve("data"), "x");
    StandaloneSettings settings =
        settings(file, LocalPorts.anyFree(), LocalPorts.anyFree(), LocalPorts.anyFree());

    assertThatThrownBy(() -> StartCheck.claim(settings))
        .isInstanceOf(StartRefusedException.class)
        .hasMessage(
            "Solar Relay cannot start: RELAY_DATA_DIR, %s, is a file: name a folder"
                .formatted(file));
  }

  @Test
  void failuresOfTheFileSystemAreDescribed() {
    assertThat(Standalone.describe(new FileAlreadyExistsException("/data/kafka")))
        .isEqualTo(
            "/data/kafka is a file where a folder is needed: remove it, or set RELAY_DATA_DIR to a"
                + " folder");
    assertThat(Standalone.describe(new AccessDeniedException("/data")))
        .startsWith("/data cannot be written by this user");
    assertThat(Standalone.describe(new IOException("/data/lock: No space left on device")))
        .startsWith("the disk is full (/data/lock: No space left on device): free some space");
  }

  private StandaloneSettings settings(int http, int management, int kafka) {
    return settings(dir, http, management, kafka);
  }

  /** The settings of a start of Kafka alone. */
  private static StandaloneSettings settings(Path dataDir, int http, int management, int kafka) {
    StandaloneSettings.Ports ports = new StandaloneSettings.Ports(http, management, kafka, 0, 0);
    return new StandaloneSettings(true, false, false, dataDir, ports);
  }
}
