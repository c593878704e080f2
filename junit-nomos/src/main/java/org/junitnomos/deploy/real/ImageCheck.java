package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.settings.SettingNames;

/** Finds what real nodes lack in an image. */
final class ImageCheck {
    private final RealImage image;
    private final ProgramBuild build;
    private final List<String> missing = new ArrayList<>();

    /**
     * Looks into an image.
     *
     * @param build how programs of nodes must be built
     */
    ImageCheck(RealImage image, ProgramBuild build) {
        this.image = image;
        this.build = build;
    }

    /** {@return one line each: what, where it was looked for, and the setting of that path} */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** What is to be at a path. */
    enum Kind {
        /** A node, with the features that tests need. */
        NODE,
        PROGRAM,
        DATA
    }

    void look(Kind kind, String what, Path path, String setting) {
        try (var opened = image.open(path).orElse(null)) {
            if (opened == null || opened.isDirectory()) {
                missing.add(what + ": " + image.described() + " has no file " + path + ". Take an image that has it, or"
                        + " set " + SettingNames.variable(setting) + " to where it is");
            } else if (kind != Kind.DATA && !opened.isExecutable()) {
                missing.add(what + ": " + path + " of " + image.described() + " has no permission to execute. Build the"
                        + " image with chmod +x on it");
            } else if (kind == Kind.NODE) {
                for (String problem : build.problems(opened.content())) {
                    missing.add(what + ": " + path + " of " + image.described() + " " + problem);
                }
            }
        } catch (IOException e) {
            missing.add(what + ": " + path + " of " + image.described() + " cannot be read: " + e.getMessage());
        }
    }
}
