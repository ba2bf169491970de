/** A lead of {@link ScheduledLoad}: one of several events of its record. */
final class SentLead {

  private static final int ACCEPTED = 202;

  private final int record;
  private final int event;
  private final long scheduledAt;
  private volatile long sentAt;
  private volatile long respondedAt;
  private volatile int status;

  /**
   * @param scheduledAt when it is to be sent, of {@link System#nanoTime()} as all times here
   */
  SentLead(int record, int event, long scheduledAt) {
    this.record = record;
    this.event = event;
    this.scheduledAt = scheduledAt;
  }

  int record() {
    return record;
  }

  int event() {
    return event;
  }

  long scheduledAt() {
    return scheduledAt;
  }

  /** When its request began. */
  long sentAt() {
    return sentAt;
  }

  /** When its 202 arrived. */
  long acceptedAt() {
    return respondedAt;
  }

  boolean accepted() {
    return status == ACCEPTED;
  }

  void sent() {
    sentAt = System.nanoTime();
  }

  /**
   * @param status of the response; 0 where the connection broke
   */
  void responded(int status) {
    respondedAt = System.nanoTime();
    this.status = status;
  }

  String json() {
    return """
        {"id":"Record%1$d","firstName":"Record%1$d","lastName":"Event%2$d",\
        "email":"record%1$d@example.com","phone":"+61 2 5550 0100","kind":"residential",\
        "address":{"street":"1 Sample St","city":"Sydney","state":"NSW","zip":"2000"}}"""
        .formatted(record, event);
  }
}
