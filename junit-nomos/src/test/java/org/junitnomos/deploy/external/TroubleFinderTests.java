package org.junitnomos.deploy.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TroubleFinderTests {
    @Test
    void showsTheControlCharactersOfTroubleByTheirNumbers() {
        var finder = new TroubleFinder(Optional::of);
        byte[] line = "\u001b[31mdied\u001b[0m of \u001b]0;x\u0007\u202e\n".getBytes(StandardCharsets.UTF_8);

        finder.take(line, line.length);

        assertThat(finder.trouble()).hasValue("died of \\u001b]0;x\\u0007\\u202e");
    }

    @Test
    void putsTheTwoLinesOfAPanicTogether() {
        var finder = new TroubleFinder(line -> line.contains("panicked") ? Optional.of(line) : Optional.empty());
        byte[] lines =
                "all is well\nthread 'Overwatch' (9370) panicked at mod.rs:70:53:\nport taken\nstack backtrace:\n"
                        .getBytes(StandardCharsets.UTF_8);

        finder.take(lines, lines.length);

        assertThat(finder.trouble()).hasValue("thread 'Overwatch' (9370) panicked at mod.rs:70:53: port taken");
    }
}
