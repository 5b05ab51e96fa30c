package io.qiki.dtmp.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of the architecture, held by the compiled classes. */
@Timeout(60)
class ArchitectureTest {
    private static final String ROOT = "io.qiki.dtmp.";
    private static final List<String> CORE =
            List.of(
                    "model",
                    "sim",
                    "radar",
                    "bios",
                    "store",
                    "provider",
                    "agent",
                    "twin",
                    "journal",
                    "signal");

    private static JavaClasses all;

    @BeforeAll
    static void readClasses() {
        all =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.qiki.dtmp");
    }

    @Test
    void shouldLetCoreClassesUseOnlyThePackagesOfTheTable() {
        Map<String, List<String>> table = new TreeMap<>();
        table.put("model", List.of());
        table.put("sim", List.of("model"));
        table.put("radar", List.of("model"));
        table.put("bios", List.of("model"));
        table.put("store", List.of("model"));
        table.put("provider", List.of("model"));
        table.put("agent", List.of("model", "radar", "bios"));
        table.put("twin", List.of("model", "sim", "radar", "bios", "agent", "store", "journal"));
        table.put("journal", List.of("model"));
        table.put("signal", List.of("model"));
        table.forEach(
                (component, allowed) -> {
                    Stream<String> own = Stream.of("java..", ROOT + component);
                    Stream<String> others = allowed.stream().map(name -> ROOT + name);
                    classes()
                            .that(coreClassesOf(component))
                            .should()
                            .onlyDependOnClassesThat(
                                    resideInAnyPackage(
                                            Stream.concat(own, others).toArray(String[]::new)))
                            .allowEmptyShould(true)
                            .check(all);
                });
    }

    @Test
    void shouldKeepAdaptersAndServicesApart() {
        noClasses()
                .that(resideInAnyPackage(ROOT + "bus"))
                .should()
                .dependOnClassesThat(others("bus", "model"))
                .check(all);
        noClasses()
                .that(resideInAnyPackage(ROOT + "wire"))
                .should()
                .dependOnClassesThat(others("wire", "model", "signal"))
                .check(all);
        noClasses()
                .that(resideInAnyPackage(ROOT + "config", ROOT + "telemetry"))
                .should()
                .dependOnClassesThat(others("config", "telemetry", "model"))
                .check(all);
        for (String adapter : List.of("grpc", "nats", "web")) {
            String[] rest =
                    Stream.of("grpc", "nats", "web")
                            .filter(other -> !other.equals(adapter))
                            .map(other -> ROOT + other)
                            .toArray(String[]::new);
            noClasses()
                    .that(resideInAnyPackage(ROOT + adapter))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(rest))
                    .check(all);
        }
    }

    @Test
    void shouldShowGeneratedMessagesToTheirAdaptersOnly() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + "wire", ROOT + "grpc", ROOT + "nats")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.google.protobuf..", "qiki.."))
                .check(all);
    }

    @Test
    void shouldKeepClocksThreadsAndChanceOutOfTheCore() {
        noClasses()
                .that(coreClasses())
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        java.time.Clock.class,
                        java.util.Random.class,
                        java.security.SecureRandom.class,
                        java.util.Timer.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.util.random..")
                .check(all);
    }

    @Test
    void shouldLeaveTrigonometryThatDiffersBetweenPlatformsOutOfTheCore() {
        for (String name :
                List.of("sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10")) {
            noClasses()
                    .that(coreClasses())
                    .should()
                    .callMethod(Math.class, name, double.class)
                    .check(all);
        }
        for (String name : List.of("atan2", "pow", "hypot")) {
            noClasses()
                    .that(coreClasses())
                    .should()
                    .callMethod(Math.class, name, double.class, double.class)
                    .check(all);
        }
    }

    @Test
    void shouldLetOnlyTheCommitterCommit() {
        noClasses()
                .that(not(type("FsmCommitter")))
                .should()
                .callMethodWhere(target(owner(type("CommitPort"))).and(target(name("commit"))))
                .check(all);
        noClasses()
                .that(
                        not(
                                type("StateStore")
                                        .or(type("StateStoreVerticle"))
                                        .or(type("StoreCommitPort"))))
                .should()
                .callMethodWhere(target(owner(type("StateStore"))).and(target(name("commit"))))
                .check(all);
    }

    @Test
    void shouldHaveNoCyclesAmongCoreClasses() {
        slices().matching(ROOT + "(*)")
                .should()
                .beFreeOfCycles()
                .check(all.that(not(shellClasses())));
    }

    @Test
    void shouldHaveNoMutableStatics() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(all);
    }

    @Test
    void shouldSayWhatEachPackageIsFor() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> silent =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .filter(dir -> !Files.exists(dir.resolve("package-info.java")))
                            .toList();

            assertThat(silent).isEmpty();
        }
    }

    private static DescribedPredicate<JavaClass> type(String name) {
        return DescribedPredicate.describe(name, type -> type.getSimpleName().equals(name));
    }

    private static DescribedPredicate<JavaClass> coreClassesOf(String component) {
        return resideInAnyPackage(ROOT + component).and(not(shellClasses()));
    }

    private static DescribedPredicate<JavaClass> coreClasses() {
        return resideInAnyPackage(CORE.stream().map(name -> ROOT + name).toArray(String[]::new))
                .and(not(shellClasses()));
    }

    /** Verticles, clients, configurations, and what is nested in them. */
    private static DescribedPredicate<JavaClass> shellClasses() {
        return DescribedPredicate.describe(
                "verticles, clients and configurations",
                type -> outermost(type).matches(".*(Verticle|Client|Config)"));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static DescribedPredicate<JavaClass> others(String... mine) {
        return resideInAnyPackage("io.qiki.dtmp..")
                .and(
                        not(
                                resideInAnyPackage(
                                        Stream.of(mine)
                                                .map(name -> ROOT + name)
                                                .toArray(String[]::new))));
    }
}
