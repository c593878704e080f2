package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that every running node finds the blobs of irreversible blocks when it samples them anew, through its testing
 * port (node contract 1.5). A node that ended by itself is a problem by name; if most nodes are down because somebody
 * asked for it, the verdict is INCONCLUSIVE.
 *
 * @param blocks how many blocks are sampled at most, spread evenly over the chain; 1 to 1000
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HistoricSampling(int blocks) implements Expectation {
    /** Blocks by default. */
    public static final int DEFAULT_BLOCKS = 10;

    /** Samples the blobs of at most {@value #DEFAULT_BLOCKS} blocks. */
    public HistoricSampling() {
        this(DEFAULT_BLOCKS);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (blocks < 1 || blocks > 1000) {
            problems.add("blocks", blocks, "1 to 1000 blocks", "Change it");
        }
        BlobRuns.requireWorkload(scenario, problems);
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var ledger = facts.blobs();
        var chosen = choose(byBlock(ledger));
        if (chosen.isEmpty()) {
            throw new InconclusiveException(BlobRuns.noneFinal(facts, ledger));
        }
        var failures = new ArrayList<String>();
        var dead = facts.deaths().texts();
        var nodes = run.cluster().nodes();
        var running = NodeSelector.running().choose(nodes);
        int asked = 0;
        for (var node : running) {
            for (var entry : chosen) {
                asked++;
                try {
                    if (!node.client().blobs().historicSampling(entry.getKey(), entry.getValue())) {
                        failures.add("  " + node.name() + " does not find the blobs of block "
                                + entry.getKey().toHex() + ": " + names(entry.getValue()));
                    }
                } catch (NodeApiException e) {
                    failures.add("  " + node.name() + " does not answer: " + e.reason());
                }
            }
        }
        if (!failures.isEmpty() || !dead.isEmpty()) {
            int wrong = failures.size();
            failures.addAll(0, dead.stream().map(text -> "  " + text).toList());
            throw new AssertionFailedError("expected every node to find the blobs of " + chosen.size()
                    + " irreversible blocks"
                    + (wrong == 0 ? "" : " but " + wrong + " of " + asked + " answers were other")
                    + (dead.isEmpty()
                            ? ""
                            : (wrong == 0 ? " but " : ", and ") + dead.size() + " of the nodes ended by "
                                    + (dead.size() == 1 ? "itself" : "themselves"))
                    + ":\n"
                    + Listing.of(failures));
        }
        if (running.size() * 2 < nodes.size() || running.isEmpty()) {
            throw new InconclusiveException(
                    running.isEmpty()
                            ? "no node runs, so none could sample the blobs of " + chosen.size()
                                    + " irreversible blocks"
                            : "most nodes could not be asked: only " + running.size() + " of " + nodes.size()
                                    + " run, and they find the blobs of " + chosen.size() + " irreversible blocks");
        }
        BlobRuns.requireMostFinal(facts, ledger);
    }

    private static Map<HeaderId, List<BlobRequest.Commitments>> byBlock(BlobLedger ledger) {
        var blobs = new LinkedHashMap<HeaderId, List<BlobRequest.Commitments>>();
        for (var fate : BlobRuns.finalBlobs(ledger)) {
            if (fate.block() != null) {
                blobs.computeIfAbsent(fate.block(), block -> new ArrayList<>())
                        .add(new BlobRequest.Commitments(Objects.requireNonNull(fate.blob()), fate.session()));
            }
        }
        return blobs;
    }

    private List<Map.Entry<HeaderId, List<BlobRequest.Commitments>>> choose(
            Map<HeaderId, List<BlobRequest.Commitments>> all) {
        var entries = List.copyOf(all.entrySet());
        if (entries.size() <= blocks) {
            return entries;
        }
        var chosen = new ArrayList<Map.Entry<HeaderId, List<BlobRequest.Commitments>>>();
        for (int i = 0; i < blocks; i++) {
            chosen.add(entries.get((int) ((long) i * entries.size() / blocks)));
        }
        return chosen;
    }

    private static String names(List<BlobRequest.Commitments> blobs) {
        return String.join(", ", blobs.stream().map(each -> each.blob().toHex()).toList());
    }
}
