package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junitnomos.settings.RustVariables;

/** The page for those who come from the Rust testing framework. */
class MigratingTests {
    @Test
    void listsEveryVariableThatDoesNothing() throws IOException {
        var page = Files.readString(Path.of("migrating.md"));

        assertThat(RustVariables.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains('`' + name + '`'));
    }
}
