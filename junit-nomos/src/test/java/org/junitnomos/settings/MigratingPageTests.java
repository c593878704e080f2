package org.junitnomos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page for those who come from the Rust testing framework. */
class MigratingPageTests {
    @Test
    void listsEveryVariableThatDoesNothing() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "migrating.md"));

        assertThat(RustVariables.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains('`' + name + '`'));
    }
}
