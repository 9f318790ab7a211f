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
          .layer("release")
          .definedBy("org.tidelock.server.release..")
          .layer("messages")
          .definedBy("org.tidelock.server.messages..")
          .layer("mailbox")
          .definedBy("org.tidelock.server.mailbox..")
          .layer("puzzles")
          .definedBy("org.tidelock.server.puzzles..")
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
          .whereLayer("release")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("messages")
          .mayOnlyBeAccessedByLayers("release", "app")
          .whereLayer("mailbox")
          .mayOnlyBeAccessedByLayers("messages", "release", "app")
          .whereLayer("puzzles")
          .mayOnlyBeAccessedByLayers("messages", "app")
          .whereLayer("presence")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("directory")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("accounts")
          .mayOnlyBeAccessedByLayers("directory", "messages", "release", "app");

  @ArchTest
  static final ArchRule onlyTheFoundationTalksToThePool =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.pgclient..", "java.sql..");
}
