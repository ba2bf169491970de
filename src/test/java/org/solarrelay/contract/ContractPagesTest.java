package org.solarrelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pages under docs/ match the contract's documents; -Dcontracts.write=true renders them. */
class ContractPagesTest {

  @Test
  void theApiPageMatchesTheOpenApiDocument() throws IOException {
    assertMatches(Path.of("docs/api.md"), ApiPage.render());
  }

  @Test
  void theEventsPageMatchesTheAsyncApiDocument() throws IOException {
    assertMatches(Path.of("docs/events.md"), EventsPage.render());
  }

  private static void assertMatches(Path page, String rendered) throws IOException {
    if (Boolean.getBoolean("contracts.write")) {
      Files.writeString(page, rendered);
    }
    assertThat(page).as("render the page with:  " + ContractPage.COMMAND).hasContent(rendered);
  }
}
