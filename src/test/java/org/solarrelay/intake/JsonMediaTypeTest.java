package org.solarrelay.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMediaTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        " application/json ",
        "application/json;",
        "application/json; ",
        "application/json ;;",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; Charset=\"utf-8\"",
        "application/json; charset=utf8",
        "application/json; charset = utf-8 ;",
        "application/json; charset=us-ascii",
        "application/json; charset=ASCII",
        "application/json; charset=",
        "application/json; charset='utf-8'",
        "application/json; version=1.0",
        "application/json; odata=verbose",
        "application/json; odata.metadata=minimal; charset=utf-8",
        "application/json; profile=\"https://example.com/a\"",
        "application/vnd.api+json",
        "application/cloudevents+json; charset=utf-8",
        "application/problem+json"
      })
  void jsonInUtf8IsAcceptedWithAnyOtherParameter(String type) {
    assertThat(JsonMediaType.problem(type)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-16",
        "application/json; charset=UTF-16LE",
        "application/json; charset=iso-8859-1",
        "application/json; charset=\"windows-1252\"",
        "application/json; version=1; charset=latin1"
      })
  void anotherCharsetIsRejected(String type) {
    assertThat(JsonMediaType.problem(type)).contains("UTF-8").contains("charset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "text/plain",
        "text/json",
        "json",
        "application",
        "application/",
        "application/+json",
        "application/jsonp",
        "application/x-json",
        "application/json/x",
        "application/json, text/plain",
        "application/json charset=utf-8",
        "application/xml",
        "application/cloudevents+xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void anyOtherMediaTypeIsRejected(String type) {
    assertThat(JsonMediaType.problem(type)).contains("application/json");
  }

  @Test
  void aMissingMediaTypeIsRejected() {
    String absent = null;
    assertThat(JsonMediaType.problem(absent)).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents-batch+json",
        "Application/CloudEvents-Batch+JSON; charset=utf-8"
      })
  void aBatchOfCloudEventsIsRejectedByName(String type) {
    assertThat(JsonMediaType.problem(type)).contains("batch");
  }
}
