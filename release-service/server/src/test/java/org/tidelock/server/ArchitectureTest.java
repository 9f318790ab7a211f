package org.tidelock.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the server: which slice may know which. Change the design before this test. */
@AnalyzeClasses(
    packages = {"org.tidelock.server", "org.tidelock.service"},
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule slicesDependInOneOrder =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("org.tidelock.server")
          .layer("app")
          .definedBy("org.tidelock.server.app..")
          .layer("presence")
          .definedBy("org.tidelock.server.presence..")
          .layer("directory")
          .definedBy("org.tidelock.server.directory..")
          .layer("accounts")
          .definedBy("org.tidelock.server.accounts..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("app")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("presence")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("directory")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("accounts")
          .mayOnlyBeAccessedByLayers("directory", "app");

  @ArchTest
  static final ArchRule onlyTheFoundationTalksToThePool =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.pgclient..", "java.sql..");
}
