import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.solarrelay.standalone.EmbeddedKafka;

/** The broker both servers write to, with a topic for each; lives until its input ends. */
final class Broker {
  private Broker() {}

  /**
   * @param args the directory of its data, the port, the topics
   */
  public static void main(String... args) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      List<NewTopic> topics =
          List.of(args).subList(2, args.length).stream()
              .map(name -> new NewTopic(name, Optional.of(12), Optional.empty()))
              .toList();
      admin.createTopics(topics).all().get();
      System.out.println("ready");
      System.in.read();
    }
    System.exit(0);
  }
}
