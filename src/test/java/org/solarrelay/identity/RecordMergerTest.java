package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordMergerTest {

  private final RecordMerger merger = new RecordMerger();

  @Test
  void idsOfOneLinkBelongToOneNewRecord() {
    merger.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(merger.created()).containsExactly(Map.entry(-1L, RecordKind.CUSTOMER));
    assertThat(owner("crm.lead", "4711")).isEqualTo(owner("enerflo.customer", "55555"));
  }

  @Test
  void aStoredLinkChangesNothing() {
    merger.addStored(7, "crm.lead", "4711");
    merger.addStored(7, "enerflo.customer", "55555");

    merger.add(link("enerflo.customer", "55555", "crm.lead", "4711"));

    assertThat(merger.isUnchanged()).isTrue();
  }

  @Test
  void aNewIdJoinsTheRecordOfTheKnownOne() {
    merger.addStored(7, "crm.lead", "4711");

    merger.add(link("enerflo.customer", "55555", "crm.lead", "4711"));

    assertThat(owner("enerflo.customer", "55555")).isEqualTo(7);
    assertThat(merger.created()).isEmpty();
  }

  @Test
  void aLinkWithIdsOfTwoRecordsMergesThem() {
    merger.addStored(7, "crm.lead", "4711");
    merger.addStored(8, "enerflo.customer", "55555");

    merger.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(merger.merged()).containsExactly(Map.entry(8L, 7L));
  }

  @Test
  void twoLeadsWithOneSolarProofCustomerStayTwoRecords() {
    merger.addStored(7, "crm.lead", "A");
    merger.addStored(7, "solarproof.customer", "79459");
    merger.addStored(8, "crm.lead", "B");

    merger.add(link("crm.lead", "B", "solarproof.customer", "79459"));

    assertThat(merger.merged()).isEmpty();
    assertThat(merger.newIds()).isEmpty();
  }

  @Test
  void twoLeadsWithDifferentKeysInEnerfloStayTwoRecords() {
    merger.addStored(7, "web.lead", "A");
    merger.addStored(7, "enerflo.integration-record-id", "web:A");
    merger.addStored(7, "enerflo.customer", "55555");
    merger.addStored(8, "crm.lead", "B");

    merger.add(
        link("crm.lead", "B", "enerflo.customer", "55555", "enerflo.integration-record-id", "B"));

    assertThat(merger.merged()).isEmpty();
    assertThat(owner("enerflo.integration-record-id", "B")).isEqualTo(8);
  }

  @Test
  void recordsWithDifferentEmailsAreNotMerged() {
    merger.addStored(7, "web.lead", "A");
    merger.addStored(7, "solarproof.customer", "79459");
    merger.addStored(new RecordMerger.Trait("email", "ada@example.com", 7));

    merger.add(
        new IdentityLink(
            List.of(
                new ExternalId("crm.lead", "B", "test"),
                new ExternalId("solarproof.customer", "79459", "test")),
            "bob@example.com",
            null));

    assertThat(owner("crm.lead", "B")).isEqualTo(-1);
    assertThat(owner("solarproof.customer", "79459")).isEqualTo(7);
  }

  @Test
  void aProjectIsARecordOfItsOwnLinkedToItsCustomer() {
    merger.addStored(7, "enerflo.customer", "55555");

    merger.add(link("enerflo.install", "901", "enerflo.customer", "55555"));

    assertThat(merger.created()).containsExactly(Map.entry(-1L, RecordKind.PROJECT));
    assertThat(merger.newCustomers()).containsExactly(Map.entry(-1L, 7L));
  }

  @Test
  void twoProjectsOfOneCustomerStayTwoRecords() {
    merger.add(link("enerflo.install", "901", "enerflo.customer", "55555"));
    merger.add(link("enerflo.install", "902", "enerflo.customer", "55555"));

    assertThat(owner("enerflo.install", "901")).isNotEqualTo(owner("enerflo.install", "902"));
    assertThat(merger.newCustomers().values()).containsOnly(owner("enerflo.customer", "55555"));
  }

  @Test
  void customersOfOneProjectAreMerged() {
    merger.addStored(7, "crm.lead", "4711");
    merger.addStored(8, "enerflo.customer", "55555");
    merger.addStored(9, "enerflo.install", "901");
    merger.addStored(9, 7);

    merger.add(link("enerflo.install", "901", "enerflo.customer", "55555"));

    assertThat(merger.merged()).containsExactly(Map.entry(8L, 7L));
  }

  @Test
  void aNewRecordIsMergedIntoTheStoredOne() {
    merger.add(link("crm.lead", "4711"));
    merger.addStored(8, "enerflo.customer", "55555");

    merger.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(owner("crm.lead", "4711")).isEqualTo(8);
    assertThat(merger.created()).isEmpty();
    assertThat(merger.merged()).isEmpty();
  }

  @Test
  void aChainOfLinksMakesOneRecord() {
    merger.add(link("a.lead", "1", "b.lead", "1"));
    merger.add(link("c.lead", "1", "d.lead", "1"));
    merger.add(link("b.lead", "1", "c.lead", "1"));

    assertThat(List.of("a.lead", "b.lead", "c.lead", "d.lead"))
        .extracting(name -> owner(name, "1"))
        .containsOnly(owner("a.lead", "1"));
    assertThat(merger.created()).hasSize(1);
  }

  @Test
  void storedTraitsAreNotAddedAgain() {
    merger.addStored(7, "crm.lead", "4711");
    merger.addStored(new RecordMerger.Trait("email", "ada@example.com", 7));

    merger.add(
        new IdentityLink(
            List.of(new ExternalId("crm.lead", "4711", "test")), "ada@example.com", null));

    assertThat(merger.isUnchanged()).isTrue();
  }

  private long owner(String name, String id) {
    return merger.ownerOf(new ExternalId(name, id, "test"));
  }

  private static IdentityLink link(String... namesAndIds) {
    List<ExternalId> ids =
        IntStream.range(0, namesAndIds.length / 2)
            .mapToObj(i -> new ExternalId(namesAndIds[2 * i], namesAndIds[2 * i + 1], "test"))
            .toList();
    return IdentityLink.ofIds(ids);
  }
}
