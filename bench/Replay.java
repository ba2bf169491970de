/** Makes a program send earlier deliveries to Enerflo again. */
@FunctionalInterface
interface Replay {

  /** Produces what is to be replayed. */
  default void prepare(int deliveries) throws Exception {}

  void start(int deliveries) throws Exception;
}
