package org.solarrelay.standalone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of one kind that a simulated vendor holds, in the order of their last change. */
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
    remember(id, record);
  }

  void remember(String id, ObjectNode record) {
    byId.remove(id);
    byId.put(id, record);
  }

  /** A copy: what is done to it counts only once it is {@link #put}. */
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
