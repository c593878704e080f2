package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * Writes the image of the dev node to a file, for whoever loads it by hand: {@code ImageMain [file]}. Prints its
 * reference and the path of the file, one line each.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ImageMain {
    private static final int CANNOT_BUILD = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private ImageMain() {}

    /**
     * Builds the image, writes the file, and ends the JVM if that fails.
     *
     * @param arguments the file; default {@code dev-node-<tag>.tar} in the working directory
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 1) {
            System.err.println("Expected no argument, or the file to write the image to, but was " + arguments.length
                    + " arguments.");
            System.exit(WRONG_ARGUMENTS);
        }
        try {
            DevNodeImage image = DevNodeImage.prepare();
            String tag = image.reference().substring(image.reference().indexOf(':') + 1);
            Path file = Path.of(arguments.length == 1 ? arguments[0] : "dev-node-" + tag + ".tar");
            try {
                image.writeArchive(file);
            } catch (IOException e) {
                throw new ImageException("The image of dev nodes cannot be written to " + file + ": " + e, e);
            }
            System.out.println(image.reference());
            System.out.println(file.toAbsolutePath());
        } catch (ImageException e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_BUILD);
        }
    }
}
