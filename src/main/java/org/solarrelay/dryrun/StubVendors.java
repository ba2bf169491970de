package org.solarrelay.dryrun;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces the vendors: records every call, and responds with a stub. Opens no socket. */
final class StubVendors {

  private Stubs stubs;
  private final List<OutgoingRequest> calls = new ArrayList<>();
  private final List<OutgoingRequest> unanswered = new ArrayList<>();

  /** Clears the calls, and uses other stubs from now on. */
  synchronized void begin(Stubs newStubs) {
    stubs = newStubs;
    calls.clear();
    unanswered.clear();
  }

  /**
   * Records a call and returns its response.
   *
   * @throws IOException if the call has no stub, or its stub cuts the connection
   */
  synchronized StubResponse respond(OutgoingRequest call) throws IOException {
    calls.add(call);
    Optional<StubResponse> stub = stubs.find(call);
    if (stub.isEmpty()) {
      unanswered.add(call);
      throw new IOException("no stub for " + call.line());
    }
    if (stub.get().fault() == StubResponse.Fault.CUT) {
      throw new IOException("Connection was closed");
    }
    return stub.get();
  }

  /** Records a call that needs no response. */
  synchronized void addCall(OutgoingRequest call) {
    calls.add(call);
  }

  synchronized List<OutgoingRequest> calls() {
    return List.copyOf(calls);
  }

  synchronized List<OutgoingRequest> unanswered() {
    return List.copyOf(unanswered);
  }
}
