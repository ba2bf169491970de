import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Leads on a topic, each record with several events, which must arrive in this order. */
final class Backlog {

  static final int EVENTS_PER_RECORD = 4;

  private final KafkaProducer<String, byte[]> producer;
  private final AtomicInteger records = new AtomicInteger(100_000);

  Backlog(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 5);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Appends events of new records.
   *
   * @param source decides which destinations receive the events
   * @param events their number
   * @param perRecord how many of them each record has
   */
  void append(String topic, String source, int events, int perRecord) {
    int count = events / perRecord;
    int first = records.getAndAdd(count);
    for (int event = 1; event <= perRecord; event++) {
      for (int record = first; record < first + count; record++) {
        producer.send(lead(topic, source, record, event));
      }
    }
    producer.flush();
  }

  /** An event of a record, as a producer writes it. */
  static ProducerRecord<String, byte[]> lead(String topic, String source, int record, int event) {
    String data =
        """
        {"firstName":"Record%1$d","lastName":"Event%2$d","email":"record%1$d@example.com",\
        "phone":"+61 2 5550 0100","kind":"residential",\
        "address":{"street":"1 Sample St","city":"Sydney","state":"NSW","zip":"2000"}}\
        """
            .formatted(record, event);
    ProducerRecord<String, byte[]> lead =
        new ProducerRecord<>(topic, "Record" + record, data.getBytes());
    Map<String, String> headers = new HashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_type", "lead.submitted");
    headers.put("ce_source", source);
    headers.put("ce_subject", "Record" + record);
    headers.put("ce_id", "Record" + record + "-" + event);
    headers.put("content-type", "application/json");
    headers.forEach((name, value) -> lead.headers().add(name, value.getBytes()));
    return lead;
  }
}
