package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the preview of one delivery as JSON. */
final class PreviewedDelivery {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PreviewedDelivery() {}

  static ObjectNode json(String destination, StageResult stage) {
    ObjectNode json = JSON.createObjectNode();
    json.put("destination", destination).put("outcome", stage.outcome().text());
    if (stage.reason() != null) {
      json.put("reason", stage.reason());
    }
    if (stage.vendorId() != null) {
      json.put("vendorId", stage.vendorId());
    }
    if (!stage.learnedIds().isEmpty()) {
      json.set("learnt", JSON.valueToTree(stage.learnedIds()));
    }
    ArrayNode requests = json.putArray("requests");
    stage.calls().forEach(call -> requests.add(request(call)));
    ArrayNode unanswered = JSON.createArrayNode();
    stage.unanswered().forEach(call -> unanswered.add(call.line()));
    if (!unanswered.isEmpty()) {
      json.set("unanswered", unanswered);
    }
    return json;
  }

  private static ObjectNode request(OutgoingRequest call) {
    ObjectNode request = JSON.createObjectNode();
    request.put("method", call.method()).put("url", call.origin() + call.path());
    if (!call.query().isEmpty()) {
      request.set("query", JSON.valueToTree(call.query()));
    }
    request.set("headers", JSON.valueToTree(call.headers()));
    if (!call.body().isEmpty()) {
      request.set("body", CallExpectation.body(call));
    }
    return request;
  }
}
