package org.solarrelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The pages under docs/ say what the documents say; with -Dcontracts.write=true they are made to.
 */
class ContractPagesTest {

  @Test
  void theApiPageSaysWhatTheOpenApiDocumentSays() throws IOException {
    keeps(Path.of("docs/api.md"), ApiPage.render());
  }

  @Test
  void theEventsPageSaysWhatTheAsyncApiDocumentSays() throws IOException {
    keeps(Path.of("docs/events.md"), EventsPage.render());
  }

  private static void keeps(Path page, String rendered) throws IOException {
    if (Boolean.getBoolean("contracts.write")) {
      Files.writeString(page, rendered);
    }
    assertThat(page).as("renew the page with: " + ContractPage.COMMAND).hasContent(rendered);
  }
}
