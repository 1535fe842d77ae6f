package dev.howdah.house;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The laws of the house, as far as the shape of the code can show them. */
@AnalyzeClasses(packages = "dev.howdah", importOptions = ImportOption.DoNotIncludeTests.class)
class LawsTest {
    /** Law 1: only the guard, and postgres itself, hand SQL text to the server. */
    @ArchTest
    static final ArchRule SQL_TEXT_ENTERS_THROUGH_ONE_DOOR = noClasses()
            .that()
            .resideOutsideOfPackages("dev.howdah.guard..", "dev.howdah.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.howdah.postgres.wire..");

    /** Law 1: nobody goes around the door. The sample loads its own script into its own server. */
    @ArchTest
    static final ArchRule THE_DRIVER_STAYS_BELOW = noClasses()
            .that()
            .resideOutsideOfPackages("dev.howdah.postgres..", "dev.howdah.sample..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "com.zaxxer..");

    /** Law 1: what speaks JDBC is the server's room, the sample, and the store's own files, which hold no foreign text. */
    @ArchTest
    static final ArchRule JDBC_STAYS_BELOW = noClasses()
            .that()
            .resideOutsideOfPackages("dev.howdah.postgres..", "dev.howdah.sample..", "dev.howdah.store.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    /** SQLite is known in one place, and that place knows no other database. */
    @ArchTest
    static final ArchRule SQLITE_STAYS_IN_THE_STORE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.howdah.store.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sqlite..");

    /** Law 1: only the guard can make a review. */
    @ArchTest
    static final ArchRule ONLY_THE_GUARD_REVIEWS = constructors()
            .that()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.review.Review")
            .should()
            .onlyBeCalled()
            .byClassesThat()
            .resideInAPackage("dev.howdah.guard.review..");

    /** Law 4: only front ends that persons sit at may pass on what was typed. */
    @ArchTest
    static final ArchRule ONLY_PERSONS_HAVE_KEYBOARDS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.howdah.cli..", "dev.howdah.terminal..", "dev.howdah.guard.consent..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.consent.Keyboard");

    /** Law 4: a consent comes out of one place. */
    @ArchTest
    static final ArchRule ONLY_ANSWERS_MAKE_CONSENTS = constructors()
            .that()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.consent.Consent")
            .should()
            .onlyBeCalled()
            .byClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.consent.ConsentRequest");

    /** Law 4: whoever says that a ticket is approved makes a consent of it. */
    @ArchTest
    static final ArchRule ONLY_THE_GUARD_APPROVES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.howdah.guard.consent..")
            .should()
            .implement("dev.howdah.guard.consent.ApprovedTickets");

    /** Law 1: what changes a database is made by the guard, and so is what a person decides on. */
    @ArchTest
    static final ArchRule ONLY_THE_GUARD_ACTS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.howdah.guard..")
            .should()
            .implement("dev.howdah.guard.change.Act");

    /** Law 1: only the guard can make a proposal. */
    @ArchTest
    static final ArchRule ONLY_THE_GUARD_PROPOSES = constructors()
            .that()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.change.Proposal")
            .should()
            .onlyBeCalled()
            .byClassesThat()
            .resideInAPackage("dev.howdah.guard.change..");

    /** Law 4: what a model is told is put together in one place, which fences and redacts what came from elsewhere. */
    @ArchTest
    static final ArchRule ONLY_PROMPTS_MAKE_PROMPT_TEXT = constructors()
            .that()
            .areDeclaredInClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.redaction.PromptText")
            .should()
            .onlyBeCalled()
            .byClassesThat()
            .haveFullyQualifiedName("dev.howdah.guard.redaction.PromptWriter");

    /** Law 9: no static mutable state. */
    @ArchTest
    static final ArchRule STATICS_ARE_CONSTANT = fields().that(DescribedPredicate.describe(
                    "are static and written by people",
                    field -> field.getModifiers().contains(STATIC)
                            && !field.getName().startsWith("$")))
            .should()
            .haveModifier(FINAL);

    /** Law 9: the environment is passed in. */
    @ArchTest
    static final ArchRule THE_ENVIRONMENT_IS_READ_ONCE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.howdah.base.Environment")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    /** Standard output belongs to the program's edge. */
    @ArchTest
    static final ArchRule ROOMS_DO_NOT_PRINT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.howdah.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
