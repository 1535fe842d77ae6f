package dev.howdah.base.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {
    @ParameterizedTest
    @CsvSource({
        "email,email",
        "EMAIL_ADDRESS,email",
        "emailAddress,email",
        "billing_email,email",
        "email2,email",
        "phone_number,phone",
        "homePhone,phone",
        "mobile,phone",
        "fax,phone",
        "ssn,ssn",
        "social_security_number,ssn",
        "national_id,ssn",
        "tax_id,ssn",
        "card_number,card",
        "creditCard,card",
        "cvv,card",
        "iban,iban",
        "bank_account,account",
        "bic,account",
        "ip,ip",
        "last_login_ip,ip",
        "ip_address,ip",
        "clientIP,ip",
        "dob,date_of_birth",
        "birth_date,date_of_birth",
        "date_of_birth,date_of_birth",
        "born_on,date_of_birth",
        "passport_no,passport",
        "drivers_license,passport",
        "api_key,api_key",
        "aws_access_key,cloud_key",
        "password,password",
        "userPassword,password",
        "dbpassword,password",
        "pwd,password",
        "password_hash,password_hash",
        "hashed_password,password_hash",
        "salt,password_hash",
        "token,secret",
        "email_token,secret",
        "client_secret,secret",
        "session_id,secret",
        "jwt,jwt",
        "private_key,private_key",
        "diagnosis,health",
    })
    void namesSayWhatColumnsHold(String name, String kind) {
        assertThat(ColumnNames.kind(name).map(Kind::word)).contains(kind);
        assertThat(ColumnNames.isNeutral(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "name",
                "created_at",
                "email_verified",
                "is_email_valid",
                "email_count",
                "email_id",
                "phone_type",
                "password_changed_at",
                "has_password",
                "card_type",
                "token_count",
                "prompt_tokens",
                "tokens_used",
                "commit_hash",
                "order_number",
                "pin_code",
                "shipping",
                "secretary",
                "compass",
                "zip",
                "",
                "123",
                "tip",
                "description",
                "email_opt_in",
            })
    void andWhatTheyDoNotHold(String name) {
        assertThat(ColumnNames.kind(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "order_number", "trackingNo", "version", "sku", "ean", "commit_sha", "created_at"})
    void someNamesSayThatNumbersAreReferences(String name) {
        assertThat(ColumnNames.isNeutral(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "text", "body", "card_number", "phone_number"})
    void othersDoNot(String name) {
        assertThat(ColumnNames.isNeutral(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pii: email                        | email",
                "PII=phone                         | phone",
                "Where they live. pii: address     | address",
                "pii(name)                         | name",
                "PII                               | personal",
                "Sensitive: what they said         | personal",
                "sensitive                         | personal",
                "@pii                              | personal",
                "The login. #pii                   | personal",
                "[pii:date-of-birth] from the form | date_of_birth",
                "pii: colour                       | personal",
            })
    void commentsAreTags(String comment, String kind) {
        assertThat(ColumnNames.tag(comment)).isPresent();
        assertThat(ColumnNames.tag(comment).orElseThrow().kind().map(Kind::word))
                .contains(kind);
    }

    @Test
    void aTagMaySayThatAColumnIsHarmless() {
        assertThat(ColumnNames.tag("pii: none").orElseThrow().kind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "price-sensitive", "how case-insensitive it is", "no PII in here", "Pii2", "the name"})
    void otherCommentsAreNone(String comment) {
        assertThat(ColumnNames.tag(comment)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void kindsAreCalledByTheirWords(Kind kind) {
        assertThat(Kind.parse(kind.word().replace('_', ' '))).contains(kind);
        assertThat(Kind.words()).contains(kind.word());
        assertThat(Kind.parse("colour")).isEmpty();
    }

    @Test
    void peopleHaveOtherWordsToo() {
        assertThat(Kind.parse("Credit-Card")).contains(Kind.CARD);
        assertThat(Kind.parse("dob")).contains(Kind.DATE_OF_BIRTH);
    }
}
