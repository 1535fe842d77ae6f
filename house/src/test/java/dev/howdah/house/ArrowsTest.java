package dev.howdah.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The arrows of the house: a room may use those below it, never one above. */
@AnalyzeClasses(packages = "dev.howdah", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    /** From the ground up; docs/architecture.md draws it. */
    private static final List<String> ROOMS = List.of(
            "base",
            "sample",
            "sql",
            "store",
            "postgres",
            "render",
            "guard",
            "question",
            "agent",
            "library",
            "terminal",
            "mcp",
            "cli");

    @ArchTest
    void aRoomUsesOnlyThoseBelowIt(JavaClasses house) {
        for (int room = 0; room < ROOMS.size(); room++) {
            List<String> above = new ArrayList<>();
            ROOMS.subList(room + 1, ROOMS.size()).forEach(name -> above.add("dev.howdah." + name + ".."));
            if (!above.isEmpty()) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.howdah." + ROOMS.get(room) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above.toArray(String[]::new))
                        .check(house);
            }
        }
    }

    @ArchTest
    void everyClassLivesInARoom(JavaClasses house) {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(name -> "dev.howdah." + name + "..").toArray(String[]::new))
                .check(house);
    }

    /** The front ends stand side by side; the commands only start the other ones. */
    @ArchTest
    static final ArchRule FRONT_ENDS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("dev.howdah.mcp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.howdah.terminal..");

    @ArchTest
    static final ArchRule THE_GUARD_DOES_NOT_DRAW = noClasses()
            .that()
            .resideInAPackage("dev.howdah.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.howdah.render..");

    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_NO_SERVER = noClasses()
            .that()
            .resideInAnyPackage("dev.howdah.sql..", "dev.howdah.base..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "dev.howdah.sample..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_USES_THE_SAMPLE = noClasses()
            .that(DescribedPredicate.not(resideInAnyPackage("dev.howdah.sample..", "dev.howdah.cli..")))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.howdah.sample.."));

    @ArchTest
    static final ArchRule PACKAGES_OF_A_ROOM_HAVE_NO_CYCLES =
            slices().matching("dev.howdah.(*).(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule INTERNALS_STAY_INSIDE = classes()
            .that()
            .resideInAPackage("..internal..")
            .should()
            .onlyBeAccessed()
            .byClassesThat(new DescribedPredicate<JavaClass>("of the same room") {
                @Override
                public boolean test(JavaClass other) {
                    return other.getPackageName().startsWith("dev.howdah.");
                }
            })
            .allowEmptyShould(true);
}
