package org.tidelock.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the command: which package may know which module. Change the design first. */
@AnalyzeClasses(packages = "org.tidelock.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** So that the servers' classes are not loaded by who only locks a file. */
  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheServers =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelock.cli.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tidelock.server..",
              "org.tidelock.keyserver..",
              "org.tidelock.service..",
              "io.vertx..");

  @ArchTest
  static final ArchRule onlyClientsKnowTheClientLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.tidelock.cli.client..",
              "org.tidelock.cli.account..",
              "org.tidelock.cli.message..",
              "org.tidelock.cli.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidelock.sdk..");

  @ArchTest
  static final ArchRule whatClientsShareKnowsNoVerb =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.cli.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidelock.cli.account..", "org.tidelock.cli.message..");

  @ArchTest
  static final ArchRule accountsKnowNoMessages =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.cli.account..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidelock.cli.message..");

  @ArchTest
  static final ArchRule messagesKnowNoAccountVerbs =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.cli.message..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidelock.cli.account..");

  @ArchTest
  static final ArchRule whoServesIsNoClient =
      noClasses()
          .that()
          .resideInAPackage("org.tidelock.cli.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tidelock.sdk..",
              "org.tidelock.cli.client..",
              "org.tidelock.cli.account..",
              "org.tidelock.cli.message..");
}
