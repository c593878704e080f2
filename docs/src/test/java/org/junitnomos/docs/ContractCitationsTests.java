package org.junitnomos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContractCitationsTests {

    /** A citation as sources have it; put together here, so that this source cites nothing itself. */
    private static String citing(String numbers) {
        return "node %s %s".formatted("contract", numbers);
    }

    @Test
    void readsOneNumberOrSeveral() {
        assertThat(ContractCitations.in("/** Gas (" + citing("2.5") + "). */")).containsExactly("2.5");
        assertThat(ContractCitations.in("(" + citing("1.4, 1.5 and Appendix B") + "), 7.7"))
                .containsExactly("1.4", "1.5", "Appendix B");
        assertThat(ContractCitations.in(
                        "N" + citing("2.4 to 2.7, with dev proofs").substring(1)))
                .containsExactly("2.4", "2.7");
        assertThat(ContractCitations.in(citing("4.3, steps 4 and 6"))).containsExactly("4.3");
        assertThat(ContractCitations.in("a node of the " + citing("as such"))).isEmpty();
    }

    @Test
    void readsOnOverTheEndOfALineOfAComment() {
        assertThat(ContractCitations.in("     * (" + citing("").strip() + "\n     * 3.5, 9.9).\n"))
                .containsExactly("3.5", "9.9");
        assertThat(ContractCitations.in("    // " + citing("3.2, \n    // 3.4")))
                .containsExactly("3.2", "3.4");
    }

    @Test
    void findsTheNumbersOfHeadings() {
        assertThat(ContractCitations.headings(
                        List.of("# Node", "## 2 Blocks", "### 2.5 Gas", "2.6 no heading", "## Appendix A: Hash")))
                .containsExactly("2", "2.5", "Appendix A");
    }
}
