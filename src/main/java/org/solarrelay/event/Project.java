package org.solarrelay.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The data of every {@code project.*} event and of {@code change-order.signed}. The type decides
 * which fields are used. Every field may be null.
 *
 * @param status active, on-hold, completed or voided, or the vendor's own word
 * @param startedOn a date, YYYY-MM-DD, or a time with offset; {@code dueOn} and {@code completedOn}
 *     have the same form
 * @param note null where only the note's id is known
 * @param signedAt ISO 8601 with offset
 * @param changes the changes of a change order, in the source's own form
 * @param ids the project's ids in other systems, by system.kind
 * @param deal Enerflo's deal that became the project, from a webhook of version 2.0
 * @param install Enerflo's install
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
      String mobile) {

    /** Starts a customer. */
    public static Builder builder() {
      return new Builder();
    }

    /** Builds a customer from the fields that are set. */
    public static final class Builder {
      private String id;
      private String firstName;
      private String lastName;
      private String fullName;
      private String email;
      private String phone;
      private String mobile;

      private Builder() {}

      public Builder id(String id) {
        this.id = id;
        return this;
      }

      public Builder firstName(String firstName) {
        this.firstName = firstName;
        return this;
      }

      public Builder lastName(String lastName) {
        this.lastName = lastName;
        return this;
      }

      public Builder fullName(String fullName) {
        this.fullName = fullName;
        return this;
      }

      public Builder email(String email) {
        this.email = email;
        return this;
      }

      public Builder phone(String phone) {
        this.phone = phone;
        return this;
      }

      public Builder mobile(String mobile) {
        this.mobile = mobile;
        return this;
      }

      public Customer build() {
        return new Customer(id, firstName, lastName, fullName, email, phone, mobile);
      }
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Milestone(String id, String name) {}

  /**
   * Panels or batteries after a change, and before it in {@code previous}. A null field was not
   * changed. If only {@code previous} is set, the equipment was removed.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Equipment(String model, Integer count, Equipment previous) {

    /** Equipment without its previous state. */
    public static Equipment of(String model, Integer count) {
      return new Equipment(model, count, null);
    }
  }
}
