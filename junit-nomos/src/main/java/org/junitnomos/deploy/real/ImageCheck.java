package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.settings.SettingNames;

/** Finds what real nodes lack in an image. */
final class ImageCheck {
    private final RealImage image;
    private final List<String> missing = new ArrayList<>();

    ImageCheck(RealImage image) {
        this.image = image;
    }

    /** {@return one line each: what, where it was looked for, and the setting of that path} */
    List<String> missing() {
        return List.copyOf(missing);
    }

    void program(String what, Path path, String setting) {
        look(what, path, setting, true);
    }

    void file(String what, Path path, String setting) {
        look(what, path, setting, false);
    }

    void circuits(CircuitFiles circuits, String setting) {
        look("program of the circuits", circuits.prover(), setting, true);
        look("program of the circuits", circuits.witnessGenerator(), setting, true);
        look("proving key of zksign", circuits.provingKey(), setting, false);
    }

    private void look(String what, Path path, String setting, boolean isProgram) {
        try (var opened = image.open(path).orElse(null)) {
            if (opened == null || opened.isDirectory()) {
                missing.add(what + ": " + image.described() + " has no file " + path + ". Take an image that has it, or"
                        + " set " + SettingNames.variable(setting) + " to where it is");
            } else if (isProgram && !opened.isExecutable()) {
                missing.add(what + ": " + path + " of " + image.described() + " has no permission to execute. Build the"
                        + " image with chmod +x on it");
            } else if (isProgram && !path.endsWith("prover") && !path.endsWith("witness_generator")) {
                for (var lacking : ProgramFeatures.missingIn(opened.content())) {
                    missing.add(what + ": " + path + " of " + image.described() + " was built without " + lacking
                            + ". Build it " + RealNodeFiles.BUILD.substring(RealNodeFiles.BUILD.indexOf("with")));
                }
            }
        } catch (IOException e) {
            missing.add(what + ": " + path + " of " + image.described() + " cannot be read: " + e.getMessage());
        }
    }
}
