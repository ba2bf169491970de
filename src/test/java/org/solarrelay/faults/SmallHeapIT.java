package org.solarrelay.faults;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each case puts more into a small pod than it could hold; bench/siege puts four times as much. */
class SmallHeapIT {

  private static final FaultBench BENCH = FaultBench.SHARED;
  private static final int LEADS = 60;

  private static Relay relay;

  @BeforeAll
  static void start() throws Exception {
    BENCH.stopSteadyRelay();
    relay = HeapRun.relay(BENCH).start();
  }

  @AfterAll
  static void stop() throws Exception {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyLeadArrivesBesideIt(HeapLoad load) throws Exception {
    int size = load == HeapLoad.DENSE_JSON ? load.size : load.size / 4;
    System.out.println(new HeapRun(BENCH, relay, LEADS).hold(load, size));
  }
}
