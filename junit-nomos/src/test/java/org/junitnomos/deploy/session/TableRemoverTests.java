package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.testkit.FakePacketFilter;

class TableRemoverTests {
    private static final LedgerEntry ENTRY =
            new LedgerEntry(3, "run", "table", "rule", "nomos-0123456789abcdef-3", true, null, false);
    private static final LedgerEntry OTHER =
            new LedgerEntry(4, "run", "table", "rule", "nomos-0123456789abcdef-4", false, null, false);

    private final FakePacketFilter filter = new FakePacketFilter();
    private final TableRemover remover = new TableRemover(() -> new Nft(filter));

    @Test
    void removesTheTableOfAnEntryAndNoOther() throws IOException {
        filter.put("nomos_0123456789abcdef_3");
        filter.put("nomos_0123456789abcdef_33");
        filter.put("filter");

        assertThat(remover.present(List.of(ENTRY, OTHER))).containsExactly(ENTRY);
        remover.remove(List.of(ENTRY, OTHER));

        assertThat(filter.tables()).containsExactly("filter", "nomos_0123456789abcdef_33");
        assertThat(remover.present(List.of(ENTRY, OTHER))).isEmpty();
    }

    @Test
    void believesWhoMadeThemWhereTheFilterCannotBeAsked() {
        filter.failWith("Operation not permitted");

        assertThat(remover.present(List.of(ENTRY.asReleased(), OTHER))).containsExactly(OTHER);
        assertThat(remover.canRetry(OTHER)).isFalse();
        assertThatIOException().isThrownBy(() -> remover.remove(List.of(OTHER))).withMessage("Operation not permitted");

        filter.failWith("");
        assertThat(remover.present(List.of(OTHER))).isEmpty();
        assertThat(remover.canRetry(OTHER)).isTrue();
    }

    @Test
    void oneThatIsAboutToBeMadeIsLookedOutFor() {
        assertThat(OTHER.mayComeLate()).isTrue();
        assertThat(ENTRY.mayComeLate()).isFalse();
    }
}
