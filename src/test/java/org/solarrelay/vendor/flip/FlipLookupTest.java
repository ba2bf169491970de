package org.solarrelay.vendor.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.solarrelay.delivery.NotReadyException;
import org.solarrelay.delivery.PermanentFailureException;
import org.solarrelay.event.Event;

class FlipLookupTest {

  private static final String A = "aaaaaaaa-0000-0000-0000-000000000001";
  private static final String B = "bbbbbbbb-0000-0000-0000-000000000002";
  private static final String C = "cccccccc-0000-0000-0000-000000000003";

  private final FlipLookup lookup = new FlipLookup(Optional.of("program"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'flip.enrollment':'" + A + "','flip':'" + B + "'} | " + A,
        "{'flip':'" + B + "'}                               | " + B,
        "{'crm':'7'}                                        | " + C
      })
  void idsWinOverTheSubject(String ids, String enrollment) {
    String data = "{'status':'PAUSED','ids':%s}".formatted(ids);

    assertThat(lookup.known(json("enrollment.changed", C, data)).enrollmentId())
        .isEqualTo(enrollment);
  }

  @Test
  void theSubjectOfAProjectIsNoEnrollmentEvenIfItIsAUuid() {
    assertThat(lookup.known(json("project.submitted", A, "{}"))).isNull();
  }

  @Test
  void withOtherIdsTheEnrollmentIsStillUnknown() {
    assertThat(
            lookup.known(json("enrollment.changed", "P-901", "{'ids':{'enerflo.install':'901'}}")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'ids':{'flip.enrollment':'../groups'}}"})
  void anIdThatIsNotAUuidIsRejected(String data) {
    assertThatThrownBy(() -> lookup.known(json("enrollment.changed", "P-901", data)))
        .isInstanceOf(PermanentFailureException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'country':'Australia'}",
        "{'country':'au','state':'CA','zip':'90210'}",
        "{'state':'QLD','zip':4000}",
        "{'state':'Western Australia','zip':'6000'}",
        "{'full':'12 Queen St, Brisbane QLD 4000'}",
        "{'full':'12 Queen St, Brisbane, Australia.'}"
      })
  void aSiteInAustraliaIsRecognised(String address) {
    assertThat(lookup.isInAustralia(json("{'address':%s}".formatted(address)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'state':'WA','zip':'98101'}",
        "{'country':'US','state':'WA','zip':'6000'}",
        "{'state':'MA','zip':'2134'}",
        "{'full':'9 Australia Ave, Seattle, WA 98101'}"
      })
  void anyOtherSiteIsNotInAustralia(String address) {
    assertThat(lookup.isInAustralia(json("{'address':%s}".formatted(address)))).isFalse();
  }

  @Test
  void theEmailAddressMatchesInAnyCase() {
    FlipList list = list(site(A, "Ada@Example.com", "1 Elm St"), site(B, "bo@example.com", null));

    assertThat(lookup.find(list, customer("aDA@example.com", null)))
        .isEqualTo(new FlipLink(A, "look-up by e-mail in Flip"));
  }

  @Test
  void ofSeveralWithOneEmailAddressTheAddressDecides() {
    FlipList list =
        list(site(A, "ada@example.com", "1 Elm St."), site(B, "ada@example.com", "2 Elm St."));

    assertThat(lookup.find(list, customer("ada@example.com", "2 ELM Street")))
        .isEqualTo(new FlipLink(B, "look-up by e-mail and address in Flip"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"new@example.com", ""})
  void withoutAMatchingEmailAddressTheAddressDecides(String email) {
    FlipList list = list(site(A, "ada@example.com", "1 Elm St"), site(B, null, "2 Elm St"));

    assertThat(lookup.find(list, customer(email, "2 Elm St")))
        .isEqualTo(new FlipLink(B, "look-up by address in Flip"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no@example.com  | 9 Elm St | No Flip enrollment is linked to project 901",
        "                |          | No Flip enrollment is linked to project 901",
        "ada@example.com | 9 Elm St | No Flip enrollment is linked to project 901: 2 enrollments have its e-mail address, none of them has its address",
        "ada@example.com | 1 Elm St | No Flip enrollment is linked to project 901: 2 enrollments have its address"
      })
  void noneAndSeveralMatchesAreRetriedWithAReason(String email, String street, String reason) {
    FlipList list =
        list(site(A, "ada@example.com", "1 Elm St"), site(B, "ada@example.com", "1 Elm St"));

    assertThatThrownBy(() -> lookup.find(list, customer(email, street)))
        .isInstanceOf(NotReadyException.class)
        .hasMessage(reason);
  }

  @Test
  void withoutAProgramTheReasonNamesTheSetting() {
    assertThatThrownBy(
            () ->
                new FlipLookup(Optional.empty())
                    .requireProgram(json("{'customer':{'email':'ada@example.com'}}")))
        .isInstanceOf(NotReadyException.class)
        .hasMessage(
            "No Flip enrollment is linked to project 4711; set FLIP_PROGRAM_ID to look it up"
                + " by e-mail and address");
  }

  private static FlipList list(FlipEnrollment... enrollments) {
    return new FlipList(List.of(enrollments));
  }

  private static FlipEnrollment site(String id, String email, String street) {
    return FlipEnrollment.of(
        json("""
                {'id':'%s','status':'PENDING','site':{'email':'%s','street_address':'%s','zip_code':'88800'}}
                """
                .formatted(id, email, street))
            .data());
  }

  private static Event customer(String email, String street) {
    return json(
        """
        {'customer':{'email':'%s'},'address':{'street':'%s','zip':'88800-1234'},
         'ids':{'enerflo.install':'901'}}
        """
            .formatted(email == null ? "" : email, street == null ? "" : street));
  }

  private static Event json(String data) {
    return json("project.submitted", "4711", data);
  }

  private static Event json(String type, String subject, String data) {
    return event("crm", type, subject, data.replace('\'', '"'));
  }
}
