package org.tidelock.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the client library: which package may know which. Change the design first. */
@AnalyzeClasses(packages = "org.tidelock.sdk", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("front door")
          .definedBy("org.tidelock.sdk")
          .layer("message")
          .definedBy("org.tidelock.sdk.message..")
          .layer("presence")
          .definedBy("org.tidelock.sdk.presence..")
          .layer("account")
          .definedBy("org.tidelock.sdk.account..")
          .layer("keys")
          .definedBy("org.tidelock.sdk.keys..")
          .layer("home")
          .definedBy("org.tidelock.sdk.home..")
          .layer("connection")
          .definedBy("org.tidelock.sdk.connection..")
          .whereLayer("front door")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("message")
          .mayOnlyBeAccessedByLayers("front door")
          .whereLayer("presence")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("account")
          .mayOnlyBeAccessedByLayers("presence", "message", "front door")
          .whereLayer("keys")
          .mayOnlyBeAccessedByLayers("account", "front door")
          .whereLayer("home")
          .mayOnlyBeAccessedByLayers("account", "keys", "presence", "message", "front door")
          .whereLayer("connection")
          .mayOnlyBeAccessedByLayers(
              "account", "keys", "home", "presence", "message", "front door");

  @ArchTest
  static final ArchRule knowsNoServer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tidelock.server..", "org.tidelock.keyserver..", "org.tidelock.service..");

  @ArchTest
  static final ArchRule onlyTheConnectionTalks =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelock.sdk.connection..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "javax.net..");
}
