package org.junitnomos.deploy.real;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.settings.UnusableSettingException;

/**
 * Where an image has programs and files; by default as the images of the Rust testing framework (node contract 5.6).
 *
 * @param validator program {@code nomos-node}
 * @param executor program {@code nomos-executor}
 * @param circuits directory of the circuits
 * @param parameters file with the parameters of KZG
 */
record ImagePaths(Path validator, Path executor, Path circuits, Path parameters) {

    static ImagePaths read(SettingsReader reader) {
        return new ImagePaths(
                path(reader, SettingNames.IMAGE_NODE_BIN, "/usr/bin/nomos-node"),
                path(reader, SettingNames.IMAGE_EXECUTOR_BIN, "/usr/bin/nomos-executor"),
                path(reader, SettingNames.IMAGE_CIRCUITS, "/opt/circuits"),
                path(reader, SettingNames.IMAGE_KZGRS_PARAMS, "/opt/nomos/kzg-params/kzgrs_test_params"));
    }

    private static Path path(SettingsReader reader, String setting, String usual) {
        return reader.value(setting, Path.of(usual), "an absolute path in the image", ImagePaths::absolute);
    }

    private static Path absolute(String text) {
        try {
            Path path = Path.of(text).normalize();
            if (!path.isAbsolute()) {
                throw new UnusableSettingException("it is relative");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new UnusableSettingException(e.getReason());
        }
    }
}
