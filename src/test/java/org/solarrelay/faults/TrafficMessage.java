package org.solarrelay.faults;

/**
 * A message to send: the n-th event of a record.
 *
 * @param record its number among all
 */
record TrafficMessage(Kind kind, int record, int number) {

  private static final int ENERFLO_IDS = 700_000;
  private static final int SOLARPROOF_IDS = 800_000;

  enum Kind {
    LEAD("leads", "soaklead", true),
    ENERFLO_CUSTOMER("webhooks of Enerflo", "soakenerflo", false),
    SOLARPROOF_CUSTOMER("webhooks of Solar Proof", "soaksolarproof", false),
    NOTE("notes", "soakproject", true),
    CHANGE_ORDER("change orders", "soakproject", true),
    POISON("poison ones", "soakpoison", false),
    REFUSED("that every vendor refuses", "soakrefused", false);

    final String words;
    final String prefix;

    /** Whether a record has several events. */
    final boolean several;

    Kind(String words, String prefix, boolean several) {
      this.words = words;
      this.prefix = prefix;
      this.several = several;
    }

    /** Whether the vendor receives it. */
    boolean goesTo(String vendor) {
      return switch (this) {
        case LEAD, REFUSED -> true;
        case ENERFLO_CUSTOMER -> !vendor.equals("enerflo");
        case SOLARPROOF_CUSTOMER -> !vendor.equals("solarproof");
        case NOTE -> !vendor.equals("solarproof");
        case CHANGE_ORDER -> vendor.equals("crm");
        case POISON -> false;
      };
    }
  }

  static TrafficMessage first(Kind kind, int record) {
    return new TrafficMessage(kind, record, 0);
  }

  /** The next of the same record. */
  TrafficMessage next(Kind nextKind) {
    return new TrafficMessage(nextKind, record, number + 1);
  }

  String subject() {
    return kind.prefix + "-" + record;
  }

  /** The record's id as the ledger has it, by the name it has among the vendors. */
  static String ledgerSubject(String subject) {
    int record = Integer.parseInt(subject.substring(subject.indexOf('-') + 1));
    if (subject.startsWith(Kind.ENERFLO_CUSTOMER.prefix)) {
      return String.valueOf(ENERFLO_IDS + record);
    }
    return subject.startsWith(Kind.SOLARPROOF_CUSTOMER.prefix)
        ? String.valueOf(SOLARPROOF_IDS + record)
        : subject;
  }

  String name() {
    return subject() + "-n" + number;
  }

  String body() {
    return switch (kind) {
      case LEAD, REFUSED ->
          """
          {"id":"%s","firstName":"Ada","lastName":"%s","email":"%s","mobile":"(801) 555-0100",
           "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}"""
              .formatted(subject(), name(), email());
      case ENERFLO_CUSTOMER ->
          """
          {"webhook_event":"new_customer","id":%d,"first_name":"Ada","last_name":"%s","email":"%s",
           "phone":"(801) 555-0142","address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"},
           "timestamps":{"created_at":"2026-01-02 00:15:28","updated_at":"2026-01-02 00:15:28"}}"""
              .formatted(ENERFLO_IDS + record, name(), email());
      case SOLARPROOF_CUSTOMER ->
          """
          {"customer_id":%d,"first_name":"Ada","surname":"%s","customer_name":"Ada %s","phone_primary":"07 5550 0126",
           "customer_email":"%s","customer_type_id":1,"customer_status_id":1}"""
              .formatted(SOLARPROOF_IDS + record, name(), name(), email());
      case NOTE ->
          "{\"ids\":{\"enerflo.install\":\"%d\"},\"note\":\"%s\"}"
              .formatted(900_000 + record, name());
      case CHANGE_ORDER ->
          "{\"ids\":{\"enerflo.install\":\"%d\"},\"changeOrderId\":\"%s\"}"
              .formatted(900_000 + record, name());
      case POISON -> "{\"email\":" + name();
    };
  }

  /**
   * Returns an e-mail address that four records share, whatever their system. Customers created in
   * Enerflo have their own: a lead that matches one of them cannot be added in Enerflo and is
   * skipped.
   */
  private String email() {
    String born = kind == Kind.ENERFLO_CUSTOMER ? "enerflo-" : "";
    return "soak-%s%d@example.com".formatted(born, record / 4);
  }
}
