package org.tidelock.keyserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the key server: which package may know which. Change the design before this test. */
@AnalyzeClasses(
    packages = "org.tidelock.keyserver",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependInOneOrder =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("org.tidelock.keyserver")
          .layer("app")
          .definedBy("org.tidelock.keyserver.app..")
          .layer("tokens")
          .definedBy("org.tidelock.keyserver.tokens..")
          .layer("records")
          .definedBy("org.tidelock.keyserver.records..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("app")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("tokens")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("records")
          .mayOnlyBeAccessedByLayers("tokens", "app");

  @ArchTest
  static final ArchRule knowsNothingOfTheServerButItsProtocol =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.tidelock.server..");

  /** It keeps wrapped keys and has nothing to open them with. */
  @ArchTest
  static final ArchRule opensNoWrappedKey =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.tidelock\\.protocol\\.keys\\.(PasswordKeys|RecoveryKey|AccountKey)");

  @ArchTest
  static final ArchRule onlyTheFoundationTalksToThePool =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.pgclient..", "java.sql..");
}
