package org.solarrelay.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The key of a Kafka record as the subject of an event. Bytes that are not UTF-8 become hexadecimal
 * digits, so that different keys stay different subjects.
 */
record RecordKey(String text, List<String> notes) {

  static RecordKey of(byte[] key) {
    try {
      return new RecordKey(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString(), List.of());
    } catch (CharacterCodingException e) {
      String subject = "bytes:" + HexFormat.of().formatHex(key);
      return new RecordKey(
          subject, List.of("the record's key is no UTF-8, the subject is its bytes: " + subject));
    }
  }
}
