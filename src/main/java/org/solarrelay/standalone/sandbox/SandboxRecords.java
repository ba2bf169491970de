package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of one kind of a simulated vendor, in the order of their latest change. */
final class SandboxRecords {
  private final String kind;
  private final SandboxJournal journal;
  private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

  SandboxRecords(String kind, SandboxJournal journal) {
    this.kind = kind;
    this.journal = journal;
  }

  void put(String id, ObjectNode record) {
    journal.write(kind, id, record);
    apply(id, record);
  }

  void apply(String id, ObjectNode record) {
    byId.remove(id);
    byId.put(id, record);
  }

  /** Returns a copy; {@link #put} stores changes. */
  Optional<ObjectNode> get(String id) {
    return Optional.ofNullable(byId.get(id)).map(ObjectNode::deepCopy);
  }

  int size() {
    return byId.size();
  }

  List<ObjectNode> all() {
    return List.copyOf(byId.values());
  }

  Set<Map.Entry<String, ObjectNode>> entries() {
    return byId.entrySet();
  }
}
