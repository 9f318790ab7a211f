package org.tidelock.protocol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {

  @ParameterizedTest
  @CsvSource({
    "alice@Example.ORG, alice@example.org",
    "' Alice@example.org ', Alice@example.org",
    "a.b+c@b\u00fccher.example, a.b+c@xn--bcher-kva.example",
  })
  void aMailAddressIsComparedByItsDomainInIdna(String typed, String value) {
    assertThat(Contact.mail(typed)).isEqualTo(new Contact(Contact.Kind.MAIL, value));
  }

  @Test
  void aPhoneNumberIsComparedWithoutItsLayout() {
    assertThat(Contact.phone("+49 (30) 123-456.7"))
        .isEqualTo(new Contact(Contact.Kind.PHONE, "+49301234567"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"030 1234567", "+0301234567", "+4930", "+493012345678901234", "phone"})
  void aPhoneNumberHasItsCountrysCode(String typed) {
    assertThatThrownBy(() -> Contact.phone(typed)).hasMessageContaining("E.164");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "@example.org", "alice@", "a b@example.org", "a@exa mple"})
  void aMailAddressHasTwoSides(String typed) {
    assertThatThrownBy(() -> Contact.mail(typed)).isInstanceOf(IllegalArgumentException.class);
  }
}
