package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solarrelay.startup.StartupSettings;

class BindScopeTest {

  @Test
  void standaloneModeBindsToLoopbackByDefault() {
    assertThat(BindScope.isThisMachineOnly(StartupSettings.of(Map.of()))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,true", "localhost,true", "::1,true", "0.0.0.0,false", "192.0.2.1,false"})
  void anotherAddressRequiresSecrets(String host, boolean open) {
    assertThat(BindScope.isThisMachineOnly(StartupSettings.of(Map.of("QUARKUS_HTTP_HOST", host))))
        .isEqualTo(open);
  }
}
