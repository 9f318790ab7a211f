package org.tidelock.service;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the foundation: which package may know which. */
@AnalyzeClasses(
    packages = "org.tidelock.service",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("http")
          .definedBy("org.tidelock.service.http..")
          .layer("db")
          .definedBy("org.tidelock.service.db..")
          .layer("work")
          .definedBy("org.tidelock.service.work..")
          .layer("node")
          .definedBy("org.tidelock.service.node..")
          .layer("settings")
          .definedBy("org.tidelock.service.settings..")
          .layer("kek")
          .definedBy("org.tidelock.service.kek..")
          .whereLayer("kek")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("node")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("db")
          .mayOnlyBeAccessedByLayers("http", "node", "kek")
          .whereLayer("work")
          .mayOnlyBeAccessedByLayers("http", "node")
          .whereLayer("settings")
          .mayOnlyBeAccessedByLayers("node");
}
