package org.solarrelay.faults;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Unique secrets and personal data. Wherever they appear, the relay has leaked them. */
final class MarkedData {

  static final String OPERATOR = "markedsecret-operator";
  static final String LEADS = "markedsecret-leads";
  static final String ENERFLO = "markedsecret-enerflo";
  static final String SOLARPROOF = "markedsecret-solarproof";
  static final String WRONG = "markedsecret-wrong";

  private static final String SECRET = "markedsecret-";
  private static final String FLIP_SIGNING = whsec("markedsecret-of-flip");
  private static final String CRM_SIGNING = whsec("markedsecret-of-the-crm");

  private MarkedData() {}

  /** Where every vendor is, and all that is secret. */
  static Map<String, String> settings(String vendors) {
    Map<String, String> settings = new HashMap<>();
    for (String vendor : List.of("ENERFLO", "SOLARPROOF", "FLIP")) {
      settings.put(vendor + "_URL", vendors);
      settings.put(vendor + "_API_KEY", SECRET + vendor.toLowerCase() + "-key/+ %");
    }
    settings.put("CRM_WEBHOOK_URL", vendors + "/crm?token=" + SECRET + "crm-url");
    settings.put("CRM_WEBHOOK_SECRET", CRM_SIGNING);
    settings.put("FLIP_PROGRAM_ID", "marked-program");
    settings.put("FLIP_POLL_INTERVAL", "PT2S");
    settings.put("ENERFLO_CREATOR", "desk@markedperson.example");
    settings.put("WEBHOOK_TOKEN_LEADS", LEADS);
    settings.put("WEBHOOK_TOKEN_ENERFLO", ENERFLO);
    settings.put("WEBHOOK_TOKEN_SOLARPROOF", SOLARPROOF);
    settings.put("WEBHOOK_SECRET_FLIP", FLIP_SIGNING);
    settings.put("RELAY_OPERATOR_TOKEN", OPERATOR);
    return settings;
  }

  /** A lead with that id, every personal field of which is marked. */
  static String lead(String id) {
    return """
    {"id":"%s","firstName":"Markedperson","lastName":"Markedperson","email":"%s@markedperson.example",
     "mobile":"(801) 555-0177","phone":"8015550177","note":"Markedperson is at home on Mondays",
     "company":{"name":"Markedperson Ltd","taxId":"markedperson-tax"},
     "address":{"street":"1 Markedperson St","city":"Provo","state":"UT","zip":"84601"}}\
    """
        .formatted(id, id);
  }

  /** Secrets that a text must not contain, plain or encoded. */
  static List<String> secrets() {
    return List.of(
        SECRET,
        FLIP_SIGNING.substring("whsec_".length()),
        CRM_SIGNING.substring("whsec_".length()),
        Base64.getEncoder()
            .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))
            .substring(0, 16));
  }

  /** The person, in whatever case; and the number, as it was sent and as it goes out. */
  static List<String> person() {
    return List.of("markedperson", "555-0177", "8015550177");
  }

  private static String whsec(String secret) {
    return "whsec_" + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }
}
