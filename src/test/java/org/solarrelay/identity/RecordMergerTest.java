package org.solarrelay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordMergerTest {

  private final RecordMerger linking = new RecordMerger();

  @Test
  void idsOfOneLinkBelongToOneNewRecord() {
    linking.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(linking.created()).containsExactly(Map.entry(-1L, false));
    assertThat(owner("crm.lead", "4711")).isEqualTo(owner("enerflo.customer", "55555"));
  }

  @Test
  void whatIsKnownAlreadyChangesNothing() {
    linking.knows(7, "crm.lead", "4711");
    linking.knows(7, "enerflo.customer", "55555");

    linking.add(link("enerflo.customer", "55555", "crm.lead", "4711"));

    assertThat(linking.changesNothing()).isTrue();
  }

  @Test
  void aNewIdJoinsTheRecordOfTheKnownOne() {
    linking.knows(7, "crm.lead", "4711");

    linking.add(link("enerflo.customer", "55555", "crm.lead", "4711"));

    assertThat(owner("enerflo.customer", "55555")).isEqualTo(7);
    assertThat(linking.created()).isEmpty();
  }

  @Test
  void twoRecordsBecomeOneOnceALinkNamesBoth() {
    linking.knows(7, "crm.lead", "4711");
    linking.knows(8, "enerflo.customer", "55555");

    linking.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(linking.merged()).containsExactly(Map.entry(8L, 7L));
  }

  @Test
  void twoLeadsThatSolarProofTakesForOneCustomerStayTwo() {
    linking.knows(7, "crm.lead", "A");
    linking.knows(7, "solarproof.customer", "79459");
    linking.knows(8, "crm.lead", "B");

    linking.add(link("crm.lead", "B", "solarproof.customer", "79459"));

    assertThat(linking.merged()).isEmpty();
    assertThat(linking.learnt()).isEmpty();
  }

  @Test
  void twoLeadsThatOneVendorGivesOneIdStayTwoWhereAnotherGaveThemTwo() {
    linking.knows(7, "web.lead", "A");
    linking.knows(7, "enerflo.integration-record-id", "web:A");
    linking.knows(7, "enerflo.customer", "55555");
    linking.knows(8, "crm.lead", "B");

    linking.add(
        link("crm.lead", "B", "enerflo.customer", "55555", "enerflo.integration-record-id", "B"));

    assertThat(linking.merged()).isEmpty();
    assertThat(owner("enerflo.integration-record-id", "B")).isEqualTo(8);
  }

  @Test
  void recordsWithDifferentEmailsAreNotOne() {
    linking.knows(7, "web.lead", "A");
    linking.knows(7, "solarproof.customer", "79459");
    linking.knows(new RecordMerger.Trait("email", "ada@example.com", 7));

    linking.add(
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
  void aProjectKnowsItsCustomerAndIsARecordOfItsOwn() {
    linking.knows(7, "enerflo.customer", "55555");

    linking.add(link("enerflo.install", "901", "enerflo.customer", "55555"));

    assertThat(linking.created()).containsExactly(Map.entry(-1L, true));
    assertThat(linking.newCustomers()).containsExactly(Map.entry(-1L, 7L));
  }

  @Test
  void twoProjectsOfOneCustomerStayTwo() {
    linking.add(link("enerflo.install", "901", "enerflo.customer", "55555"));
    linking.add(link("enerflo.install", "902", "enerflo.customer", "55555"));

    assertThat(owner("enerflo.install", "901")).isNotEqualTo(owner("enerflo.install", "902"));
    assertThat(linking.newCustomers().values()).containsOnly(owner("enerflo.customer", "55555"));
  }

  @Test
  void customersAreOneWhereTheyHaveOneProject() {
    linking.knows(7, "crm.lead", "4711");
    linking.knows(8, "enerflo.customer", "55555");
    linking.knows(9, "enerflo.install", "901");
    linking.knows(9, 7);

    linking.add(link("enerflo.install", "901", "enerflo.customer", "55555"));

    assertThat(linking.merged()).containsExactly(Map.entry(8L, 7L));
  }

  @Test
  void aNewRecordIsMergedIntoAStoredOneAndNeverTheOtherWayRound() {
    linking.add(link("crm.lead", "4711"));
    linking.knows(8, "enerflo.customer", "55555");

    linking.add(link("crm.lead", "4711", "enerflo.customer", "55555"));

    assertThat(owner("crm.lead", "4711")).isEqualTo(8);
    assertThat(linking.created()).isEmpty();
    assertThat(linking.merged()).isEmpty();
  }

  @Test
  void aChainOfLinksEndsInOneRecord() {
    linking.add(link("a.lead", "1", "b.lead", "1"));
    linking.add(link("c.lead", "1", "d.lead", "1"));
    linking.add(link("b.lead", "1", "c.lead", "1"));

    assertThat(List.of("a.lead", "b.lead", "c.lead", "d.lead"))
        .extracting(name -> owner(name, "1"))
        .containsOnly(owner("a.lead", "1"));
    assertThat(linking.created()).hasSize(1);
  }

  @Test
  void traitsAreNotLearntTwice() {
    linking.knows(7, "crm.lead", "4711");
    linking.knows(new RecordMerger.Trait("email", "ada@example.com", 7));

    linking.add(
        new IdentityLink(
            List.of(new ExternalId("crm.lead", "4711", "test")), "ada@example.com", null));

    assertThat(linking.changesNothing()).isTrue();
  }

  private long owner(String name, String id) {
    return linking.ownerOf(new ExternalId(name, id, "test"));
  }

  private static IdentityLink link(String... namesAndIds) {
    List<ExternalId> ids =
        IntStream.range(0, namesAndIds.length / 2)
            .mapToObj(i -> new ExternalId(namesAndIds[2 * i], namesAndIds[2 * i + 1], "test"))
            .toList();
    return new IdentityLink(ids, null, null);
  }
}
