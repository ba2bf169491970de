package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlipListReaderTest {

  private static final String ENROLLMENT =
      """
      {"id":"%s","status":"ACTIVE","status_reason":"Approved in the program","created_at":"2026-03-01T12:00:00Z",
       "program_specific_attributes":[{"name":"a","type":"string","value":"ö"}],
       "site":{"id":"s","email":"Ada.%d@Example.com","street_address":"%d Main St","zip_code":"95814",
         "groups":[{"id":"b","name":"B"},{"id":"a","name":"A"}]},
       "devices":[{"id":"d","attributes":{"battery_capacity_wh":13500},"serial_number":"%s"}],
       "updated_at":"2026-03-02T12:00:00Z"}\
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 100_000})
  void aListIsReadInPiecesOfAnySize(int size) throws IOException {
    byte[] list = list(50);
    FlipListReader reader = new FlipListReader(1000);
    for (int from = 0; from < list.length; from += size) {
      reader.read(Arrays.copyOfRange(list, from, Math.min(list.length, from + size)));
    }

    FlipList read = reader.list();

    assertThat(read.enrollments()).hasSize(50);
    FlipEnrollment last = read.enrollments().get(49);
    assertThat(last.email()).isEqualTo("ada.49@example.com");
    assertThat(last.address()).isEqualTo("49 main st|95814");
    assertThat(last.groupIds()).containsExactly("a", "b");
    assertThat(last.statusReason()).isSameAs(read.enrollments().get(0).statusReason());
  }

  @Test
  void aHundredThousandEnrollmentsTakeLittleMemory() throws IOException {
    FlipListReader reader = new FlipListReader(200_000);
    long before = usedHeap();
    reader.read("{\"total\":3,\"enrollments\":[".getBytes(StandardCharsets.UTF_8));
    for (int n = 0; n < 100_000; n++) {
      reader.read(((n == 0 ? "" : ",") + enrollment(n)).getBytes(StandardCharsets.UTF_8));
    }
    reader.read("]}".getBytes(StandardCharsets.UTF_8));

    FlipList list = reader.list();

    assertThat(list.enrollments()).hasSize(100_000);
    assertThat(usedHeap() - before).isLessThan(64L << 20);
    assertThat(list.enrollments()).hasSize(100_000);
  }

  @Test
  void moreEnrollmentsThanConfiguredFailWithTheSettingsName() {
    assertThatThrownBy(() -> new FlipListReader(10).read(list(11)))
        .isInstanceOf(IOException.class)
        .hasMessage("Flip lists more than 10 enrollments, see relay.flip.most-enrollments");
  }

  @Test
  void aListWithoutEndFails() {
    FlipListReader reader = new FlipListReader(10);
    byte[] spaces = " ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 100; n++) {
                reader.read(spaces);
              }
            })
        .hasMessageContaining("relay.flip.most-enrollments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Welcome</html>",
        "42",
        "{\"enrollments\":[{",
        "{\"enrollments\":[]} x",
        "{\"enrollments\":[]}{}",
        "null",
        "{\"enrollments\":[{}]"
      })
  void aBodyThatIsNotJsonIsReported(String body) throws IOException {
    FlipListReader reader = new FlipListReader(10);
    reader.read(body.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(reader::list)
        .isInstanceOf(IOException.class)
        .hasMessage("Flip returned 200 with something that is not JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"enrollments\":5}",
        "{\"a\":{\"enrollments\":[]}}",
        "[{\"enrollments\":[]}]"
      })
  void aBodyWithoutTheListIsReported(String body) throws IOException {
    FlipListReader reader = new FlipListReader(10);
    reader.read(body.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(reader::list).hasMessage("Flip returned 200 without a list of enrollments");
  }

  @Test
  void anEntryThatIsNoEnrollmentIsLeftOut() throws IOException {
    String body =
        "{\"enrollments\":[5,null,\"x\",[{\"id\":\"1\"}],{},{\"id\":\"2\",\"status\":\"ACTIVE\"}],\"next\":[1]}";
    FlipListReader reader = new FlipListReader(10);
    reader.read(body.getBytes(StandardCharsets.UTF_8));
    assertThat(reader.list().enrollments()).extracting(FlipEnrollment::id).containsExactly("2");
  }

  private static byte[] list(int count) {
    StringBuilder list = new StringBuilder("{\"total\": 1, \"enrollments\" : [");
    for (int n = 0; n < count; n++) {
      list.append(n == 0 ? "" : ",").append(enrollment(n));
    }
    return list.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String enrollment(int n) {
    return ENROLLMENT.formatted(new UUID(0, n), n, n, UUID.randomUUID());
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
