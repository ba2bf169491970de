package org.solarrelay.vendor.enerflo.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.solarrelay.delivery.http.VendorBench.event;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnerfloEnrichmentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enerflo | project.submitted         | {}                                      | true",
        "enerflo | project.submitted         | {'install':{'id':1}}                    | false",
        "crm2    | project.submitted         | {}                                      | false",
        "enerflo | project.milestone-changed | {'milestone':{'id':'7'},'dueOn':'d'}    | true",
        "enerflo | project.milestone-changed | {'milestone':{'name':'P'}}              | true",
        "enerflo | project.milestone-changed | {'milestone':{'name':'P'},'dueOn':'d'}  | false",
        "enerflo | project.note-added        | {'noteId':'7'}                          | true",
        "enerflo | project.note-added        | {'noteId':'7','note':'x'}               | false",
        "enerflo | project.status-changed    | {'status':'active'}                     | false",
        "enerflo | project.status-changed    | {'status':'status-7'}                   | true",
        "crm     | project.status-changed    | {'status':'status-7'}                   | false"
      })
  void onlyEventsWithMissingFieldsAreIncomplete(
      String source, String type, String data, boolean lacks) {
    assertThat(
            new EnerfloEnrichment(Optional.empty(), Optional.empty())
                .isIncomplete(event(source, type, "1", data.replace('\'', '"'))))
        .isEqualTo(lacks);
  }
}
