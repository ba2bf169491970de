package org.solarrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.routes.Bench.add;
import static org.solarrelay.routes.Bench.kamelet;
import static org.solarrelay.routes.Bench.route;
import static org.solarrelay.routes.Bench.to;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SwapUnderLoadTest {

  private static final int SWAPS = 20;
  private static final int SENDERS = 4;

  @Test
  void everyMessagePassesRoutesOfOneVersionAndGetsOneResponse() throws Exception {
    String seda = "- threads:\n    poolSize: 4\n    maxPoolSize: 4\n    threadName: aside\n";
    try (Bench bench = new Bench(files(0, seda))) {
      AtomicBoolean over = new AtomicBoolean();
      List<CompletableFuture<List<String>>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(CompletableFuture.supplyAsync(() -> sendUntil(over, bench)));
      }
      for (int i = 1; i <= SWAPS; i++) {
        bench.swap(files(i, seda));
        bench.routes.retire();
      }
      over.set(true);

      for (CompletableFuture<List<String>> sender : senders) {
        assertThat(sender.join())
            .hasSizeGreaterThan(SWAPS)
            .allMatch(answer -> answer.matches("(<\\d+>)\\1\\1"), "one version of everything");
      }
      assertThat(bench.send("a")).isEqualTo("<20><20><20>");
    }
  }

  private static List<String> sendUntil(AtomicBoolean over, Bench bench) {
    List<String> answers = new ArrayList<>();
    while (!over.get()) {
      answers.add(bench.send("a"));
    }
    return answers;
  }

  private static String[] files(int version, String aside) {
    String mark = "<" + version + ">";
    return new String[] {
      "a.camel.yaml", route("a", add(mark), aside, to("direct:b")),
      "b.camel.yaml", route("b", aside, add(mark), to("kamelet:k")),
      "kamelets/k.kamelet.yaml", kamelet("k", add(mark))
    };
  }
}
