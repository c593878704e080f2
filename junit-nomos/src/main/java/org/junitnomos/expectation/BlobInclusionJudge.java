package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.journal.JournalEvent.InscriptionSubmitted;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge which inscriptions and blobs of a run are on the reference chain at its end. */
final class BlobInclusionJudge {
    private final RunFacts facts;
    private final BlobInclusion settings;
    private final BlobLedger ledger;
    private final Map<ChannelId, Opened> opened = new LinkedHashMap<>();
    private final long end;

    /** A channel when its first inscription was handed in. */
    private record Opened(InscriptionSubmitted first, long height) {}

    BlobInclusionJudge(RunContext run, BlobInclusion settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        this.ledger = BlobLedger.of(facts.events);
        this.end = facts.tree.height();
        long height = 0;
        for (var event : facts.events) {
            if (event instanceof JournalEvent.BlockObserved block) {
                height = Math.max(height, block.height());
            } else if (event instanceof InscriptionSubmitted inscription) {
                opened.putIfAbsent(inscription.channel(), new Opened(inscription, height));
            }
        }
    }

    void judge() {
        if (ledger.size() == 0 && opened.isEmpty()) {
            throw new AssertionFailedError("expected inscriptions and blobs but none was handed in");
        }
        var problems = new ArrayList<String>();
        int judged = judgeInscriptions(problems) + judgeBlobs(problems);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(String.join("\n", problems));
        }
        if (judged == 0) {
            throw new InconclusiveException("no inscription and no blob could be judged: all were handed in less than "
                    + settings.withinBlocks() + " blocks before the end of the chain");
        }
    }

    private int judgeInscriptions(List<String> problems) {
        Set<HeaderId> chain = new HashSet<>(); // looked up only, never iterated
        facts.tree.chain().forEach(block -> chain.add(block.block()));
        Set<ChannelId> there = new HashSet<>(); // looked up only, never iterated
        for (var event : facts.events) {
            if (event instanceof ChannelMessageObserved message
                    && message.blob() == null
                    && chain.contains(message.block())) {
                there.add(message.channel());
            }
        }
        var missing = new ArrayList<String>();
        int judged = 0;
        int young = 0;
        for (var each : opened.values()) {
            var channel = each.first().channel();
            if (!there.contains(channel) && end - each.height() < settings.withinBlocks()) {
                young++;
                continue;
            }
            judged++;
            if (!there.contains(channel)) {
                missing.add("  channel " + channel.toHex() + ": inscription handed in at "
                        + time(each.first().at()) + " (height " + each.height() + "), not on the chain at height "
                        + end);
            }
        }
        report(problems, "inscriptions", settings.inscriptionsPercent(), judged, missing, young);
        return judged;
    }

    private int judgeBlobs(List<String> problems) {
        var missing = new ArrayList<String>();
        int judged = 0;
        int young = 0;
        for (var fate : ledger.fates()) {
            boolean there = fate.block() != null;
            if (!there && end - fate.submittedHeight() < settings.withinBlocks()) {
                young++;
                continue;
            }
            judged++;
            if (!there) {
                missing.add("  blob " + fate.label() + ": handed to " + fate.node() + " at "
                        + time(fate.submittedAt()) + " (height " + fate.submittedHeight() + ", " + fate.attempts()
                        + (fate.attempts() == 1 ? " attempt" : " attempts") + "), " + where(fate)
                        + ", not on the chain at height " + end);
            }
        }
        report(problems, "blobs", settings.blobsPercent(), judged, missing, young);
        return judged;
    }

    private static String where(BlobLedger.Fate fate) {
        return switch (fate.state()) {
            case REFUSED -> "refused: " + fate.refusal();
            case SUBMITTED -> "not answered";
            case DISPERSED -> "dispersed";
            case POOLED -> "in a mempool";
            case ORPHANED -> "orphaned";
            case INCLUDED, FINAL, RETRIEVABLE, LOST -> "once on the chain";
        };
    }

    private static String time(long nanos) {
        return DurationText.format(Duration.ofNanos(nanos));
    }

    private void report(List<String> problems, String what, int percent, int judged, List<String> missing, int young) {
        if ((judged - missing.size()) * 100L >= (long) percent * judged) {
            return;
        }
        var text = new StringBuilder("expected ")
                .append(percent)
                .append(" % of the ")
                .append(what)
                .append(" on the chain within ")
                .append(settings.withinBlocks())
                .append(" blocks but ")
                .append(missing.size())
                .append(" of ")
                .append(judged)
                .append(" were not:\n");
        problems.add(text.append(Listing.of(missing))
                .append("\n(too young to judge ")
                .append(young)
                .append(")")
                .toString());
    }
}
