package org.solarrelay.faults;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solarrelay.faults.VendorServer.Response;

/**
 * Solar Proof's customers. It refuses no second one with the same e-mail address (the vendor
 * documents no rule against it).
 */
final class SolarProofStub {

  private final Map<String, List<Integer>> customersByEmail = new HashMap<>();
  private int customers;

  synchronized Response respond(RoutingContext call) {
    String action = call.request().getParam("action");
    if (action.equals("getcustomerByemail")) {
      List<Integer> found = customersByEmail.get(call.request().getParam("customer_email"));
      return found == null
          ? new Response(404, "{\"code\":\"CUSTOMER_NOT_FOUND\",\"message\":\"none\"}")
          : new Response(200, "{\"customer_id\":\"%d\"}".formatted(found.get(0)));
    }
    JsonObject customer = call.body().asJsonObject().getJsonObject("data");
    if (action.equals("createcustomer")) {
      int id = ++customers;
      String email = customer.getString("email");
      customersByEmail.computeIfAbsent(email, unknown -> new ArrayList<>()).add(id);
      return new Response(200, "{\"Message\":\"ok\",\"id\":\"%d\"}".formatted(id));
    }
    String id = String.valueOf(customer.getValue("pkcustomerid"));
    return new Response(200, "{\"Message\":\"ok\",\"CustomerId\":\"%s\"}".formatted(id));
  }

  /** The customers' ids by e-mail address, where that begins so. */
  synchronized Map<String, List<Integer>> customers(String prefix) {
    Map<String, List<Integer>> found = new HashMap<>(customersByEmail);
    found.keySet().removeIf(email -> !email.startsWith(prefix));
    return found;
  }
}
