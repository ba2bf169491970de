package org.solarrelay.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Reads and writes a record's headers as JSON: {@code [[name, base64], ...]}, in their order. */
public final class HeadersJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HeadersJson() {}

  public static String write(Headers headers) {
    List<String[]> stored = new ArrayList<>();
    for (Header header : headers) {
      byte[] value = header.value();
      stored.add(
          new String[] {
            header.key(), value == null ? null : Base64.getEncoder().encodeToString(value)
          });
    }
    try {
      return JSON.writeValueAsString(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Headers read(String stored) {
    Headers headers = new RecordHeaders();
    try {
      for (String[] header : JSON.readValue(stored, String[][].class)) {
        byte[] value = header[1] == null ? null : Base64.getDecoder().decode(header[1]);
        headers.add(header[0], value);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return headers;
  }
}
