package org.tidelock.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the engine: which package may know which. Change the design before this test. */
@AnalyzeClasses(
    packages = "org.tidelock.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("lockfile")
          .definedBy("org.tidelock.engine.lockfile..")
          .layer("calibrate")
          .definedBy("org.tidelock.engine.calibrate..")
          .layer("solve")
          .definedBy("org.tidelock.engine.solve..")
          .layer("puzzle")
          .definedBy("org.tidelock.engine.puzzle..")
          .layer("select")
          .definedBy("org.tidelock.engine.kernel.select..")
          .layer("kernels")
          .definedBy("org.tidelock.engine.kernel.jvm..", "org.tidelock.engine.kernel.ffm..")
          .layer("kernel")
          .definedBy("org.tidelock.engine.kernel")
          .whereLayer("lockfile")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("calibrate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("solve")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("puzzle")
          .mayOnlyBeAccessedByLayers("solve", "lockfile")
          .whereLayer("select")
          .mayOnlyBeAccessedByLayers("puzzle", "solve", "calibrate")
          .whereLayer("kernels")
          .mayOnlyBeAccessedByLayers("select")
          .whereLayer("kernel")
          .mayOnlyBeAccessedByLayers("kernels", "select", "puzzle", "solve", "calibrate");

  @ArchTest
  static final ArchRule foreignFunctionsStayInTheirPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelock.engine.kernel.ffm..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  @ArchTest
  static final ArchRule noNetworkAndNoDatabase =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.net.http..", "java.sql..");
}
