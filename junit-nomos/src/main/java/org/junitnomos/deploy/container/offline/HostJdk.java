package org.junitnomos.deploy.container.offline;

import org.jspecify.annotations.Nullable;

/** Tells whether an image can be built from the JDK of this machine. */
final class HostJdk {
    private static final String TAR = "org.apache.commons.compress.archivers.tar.TarArchiveOutputStream";

    private HostJdk() {}

    /** Names the processor as engines do. */
    static String architecture(String system, String processor) throws ImageException {
        if (!system.equals("Linux")) {
            throw new ImageException(
                    "The image of dev nodes is built from the running JDK, which must be one for Linux, but this one is"
                            + " for " + system + ". Set a base image, or run the tests on Linux.",
                    null);
        }
        return switch (processor) {
            case "amd64" -> "amd64";
            case "aarch64" -> "arm64";
            default ->
                throw new ImageException(
                        "The image of dev nodes is built from the running JDK, for processor amd64 or aarch64, but this"
                                + " one is for " + processor + ". Set a base image.",
                        null);
        };
    }

    /** Checks that the optional library that writes tar files is there. */
    static void requireTar(@Nullable ClassLoader loader) throws ImageException {
        try {
            Class.forName(TAR, false, loader);
        } catch (ClassNotFoundException e) {
            throw new ImageException(
                    "The image of dev nodes is written by commons-compress, which is not on the class path. Add"
                            + " org.testcontainers:testcontainers, which brings it, or"
                            + " org.apache.commons:commons-compress as a test dependency.",
                    e);
        }
    }
}
