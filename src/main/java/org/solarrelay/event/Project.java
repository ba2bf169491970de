package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The data of every {@code project.*} event and of {@code change-order.signed}; which fields there
 * are depends on the type. Every field may be null.
 *
 * @param status active, on-hold, completed or voided, or the vendor's own word
 * @param startedOn a date, YYYY-MM-DD, or a time with offset; as are the two that follow it
 * @param note null where only the note's id is known
 * @param signedAt ISO 8601 with offset
 * @param changes what a change order changes, as the source wrote it
 * @param ids the project's ids in other systems, by system.kind
 * @param deal what Enerflo 2.0 says of the deal that became the project
 * @param install the install as Enerflo has it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Project(
    Customer customer,
    Lead.Address address,
    BigDecimal systemSizeWatts,
    String status,
    String previous,
    Milestone milestone,
    String startedOn,
    String dueOn,
    String completedOn,
    String note,
    String noteId,
    String author,
    String changeOrderId,
    String signedAt,
    Equipment panels,
    JsonNode battery,
    List<JsonNode> adders,
    String documentUrl,
    JsonNode changes,
    Map<String, String> ids,
    ObjectNode deal,
    ObjectNode install) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Customer(
      String id,
      String firstName,
      String lastName,
      String fullName,
      String email,
      String phone,
      String mobile) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Milestone(String id, String name) {}

  /**
   * Panels or batteries, after a change and before it. What is null was not changed; where all but
   * {@code previous} is null, there are none any more.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Equipment(String model, Integer count, Equipment previous) {}
}
