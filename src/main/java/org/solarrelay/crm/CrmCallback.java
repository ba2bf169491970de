package org.solarrelay.crm;

/**
 * What the CRM is to be told.
 *
 * @param id the event's, which the CRM tells repeated callbacks by
 * @param json the event as a structured CloudEvent, UTF-8
 */
public record CrmCallback(String id, byte[] json) {

  /**
   * The same, as it leaves now.
   *
   * @param timestamp Unix seconds
   * @param signature over exactly these bytes, {@code v1,} and base64
   */
  public record Signed(String id, long timestamp, String signature, byte[] json) {}
}
