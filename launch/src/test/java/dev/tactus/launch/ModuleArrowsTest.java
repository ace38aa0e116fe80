package dev.tactus.launch;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** The arrows between the modules point as the README draws them, and packages do not depend on each other in circles. */
@AnalyzeClasses(packages = "dev.tactus", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {

    @ArchTest
    static void arrowsPointUpwardsOnly(JavaClasses classes) {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("policies")
                .definedBy("dev.tactus.policies..")
                .layer("control")
                .definedBy("dev.tactus.control..")
                .layer("sim-bridge")
                .definedBy("dev.tactus.sim..")
                .layer("training")
                .definedBy("dev.tactus.training..")
                .layer("launch")
                .definedBy("dev.tactus.launch..")
                .whereLayer("launch")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("training")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sim-bridge")
                .mayOnlyBeAccessedByLayers("training")
                .whereLayer("control")
                .mayOnlyBeAccessedByLayers("sim-bridge", "training")
                .check(classes);
    }

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        for (String module : new String[] {"policies", "control", "sim", "training", "launch"}) {
            slices().matching("dev.tactus." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }
}
