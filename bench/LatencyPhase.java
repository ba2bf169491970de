/**
 * A part of {@link LatencyBench}.
 *
 * @param leads how many it sends
 * @param replays deliveries that are replayed meanwhile
 */
record LatencyPhase(String name, int perSecond, int leads, int replays) {

  private static final int BURST = 2_000;
  private static final int REPLAYS = 5_000;
  private static final int BESIDE_REPLAYS = 20;

  /**
   * @param word {@code burst}, {@code replay}, or a number of leads a second
   * @param seconds the duration, but of a burst
   */
  static LatencyPhase of(String word, int seconds) {
    return switch (word) {
      case "burst" -> new LatencyPhase("burst of " + BURST, BURST, BURST, 0);
      case "replay" ->
          new LatencyPhase(
              BESIDE_REPLAYS + "/s, replay", BESIDE_REPLAYS, BESIDE_REPLAYS * seconds, REPLAYS);
      default -> steady(Integer.parseInt(word), seconds);
    };
  }

  static LatencyPhase steady(int perSecond, int seconds) {
    return new LatencyPhase(perSecond + "/s", perSecond, perSecond * seconds, 0);
  }

  LatencyPhase named(String suffix) {
    return new LatencyPhase(name + suffix, perSecond, leads, replays);
  }
}
