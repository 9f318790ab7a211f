package org.tidelock.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the protocol: which package may know which. Change the design before this test. */
@AnalyzeClasses(
    packages = "org.tidelock.protocol",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("wire")
          .definedBy("org.tidelock.protocol.wire..")
          .layer("message")
          .definedBy("org.tidelock.protocol.message..")
          .layer("statement")
          .definedBy("org.tidelock.protocol.statement..")
          .layer("channel")
          .definedBy("org.tidelock.protocol.channel..")
          .layer("signing")
          .definedBy("org.tidelock.protocol.signing..")
          .layer("keylog")
          .definedBy("org.tidelock.protocol.keylog..")
          .layer("keys")
          .definedBy("org.tidelock.protocol.keys..")
          .layer("account")
          .definedBy("org.tidelock.protocol.account..")
          .layer("suite")
          .definedBy("org.tidelock.protocol.suite..")
          .whereLayer("wire")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("channel")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("signing")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("message")
          .mayOnlyBeAccessedByLayers("wire")
          .whereLayer("statement")
          .mayOnlyBeAccessedByLayers("wire")
          .whereLayer("keylog")
          .mayOnlyBeAccessedByLayers("wire", "statement")
          .whereLayer("keys")
          .mayOnlyBeAccessedByLayers("wire", "statement")
          .whereLayer("account")
          .mayOnlyBeAccessedByLayers(
              "wire", "statement", "channel", "signing", "keylog", "keys", "message");

  @ArchTest
  static final ArchRule onlyTheCanonicalEncodingOfTheEngineIsUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.tidelock.engine.solve..",
              "org.tidelock.engine.kernel..",
              "org.tidelock.engine.calibrate..",
              "org.tidelock.engine.lockfile..");

  @ArchTest
  static final ArchRule cryptographyStaysInTheSuites =
      classes()
          .that()
          .resideOutsideOfPackage("org.tidelock.protocol.suite..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "org.bouncycastle..", "de.mkammerer..", "javax.crypto..", "java.security.spec..");
}
