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
}
