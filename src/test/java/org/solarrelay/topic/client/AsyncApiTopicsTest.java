package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AsyncApiTopicsTest {

  @Test
  void everyTopicIsInTheAsyncApiDocumentAndNoneTooMany() throws IOException {
    JsonNode document =
        new YAMLMapper().readTree(new File("src/main/resources/contracts/asyncapi.yaml"));

    assertThat(document.path("channels"))
        .as("channels of src/main/resources/contracts/asyncapi.yaml, against Topics")
        .extracting(channel -> channel.path("address").asText())
        .containsExactlyInAnyOrderElementsOf(Topics.all());
  }
}
