package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.journal.JournalEvent.InscriptionSubmitted;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/** Judges which inscriptions and blobs of a run are on the reference chain at its end. */
final class BlobInclusionJudge {
    private final RunFacts facts;
    /** What a node has to take of what it has no reason to refuse, in percent. */
    private static final int ALL = 100;

    private final BlobInclusion settings;
    private final BlobLedger ledger;
    private final Map<ChannelId, Opened> opened = new LinkedHashMap<>();
    private final ChainPace pace;
    private final LoadFacts load;
    private final long end;
    private int judged;
    private int young;

    /** A channel when its first inscription was submitted. */
    private record Opened(InscriptionSubmitted first, long height) {}

    BlobInclusionJudge(RunContext run, BlobInclusion settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        this.ledger = facts.blobs();
        this.pace = new ChainPace(facts);
        this.load = new LoadFacts(facts, LoadAccount.BLOBS, LoadAccount.INSCRIPTIONS);
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
            throw new InconclusiveException("no inscription and no blob was submitted" + whyNothingSubmitted());
        }
        var problems = new ArrayList<String>();
        judgeInscriptions(problems);
        judgeBlobs(problems);
        var doubts = new ArrayList<String>();
        problems.addAll(refusing(doubts));
        if (!problems.isEmpty()) {
            LateReasons.stopped(facts, pace).ifPresent(text -> problems.add(0, text));
            problems.addAll(problems.size() > 1 ? 1 : 0, facts.deaths().texts());
            problems.add("(" + numbers() + ")");
            throw new AssertionFailedError(String.join("\n", problems));
        }
        if (young > judged) {
            doubts.add((judged == 0
                            ? "no inscription and no blob could be judged: all " + young
                            : "too few inscriptions" + " and blobs could be judged, " + judged + ": " + young)
                    + " were submitted less than " + settings.withinBlocks() + " blocks before the end of the chain,"
                    + " and too few slots before it to say that they are missing");
        }
        load.shortfall(settings.deliveredPercent()).ifPresent(doubts::add);
        if (!doubts.isEmpty()) {
            throw new InconclusiveException(
                    String.join("; ", doubts) + load.becauseOfTheCut() + "\n(" + numbers() + ")");
        }
        facts.run.note(settings.name(), judged + " inscriptions and blobs were judged (" + numbers() + ")");
    }

    /** Nodes that refuse what they should take; on a busy machine the lack of an answer is but a doubt. */
    private List<String> refusing(List<String> doubts) {
        var refusing = new ArrayList<String>();
        for (var wrong : List.of(WrongRefusals.ofInscriptions(facts), WrongRefusals.ofBlobs(facts))) {
            refusing.addAll(wrong.refusals(ALL));
            var silent = wrong.silences(settings.deliveredPercent());
            (facts.run.clock().isVirtual() ? refusing : doubts).addAll(silent);
        }
        return refusing;
    }

    private String whyNothingSubmitted() {
        if (load.isCut()) {
            return load.becauseOfTheCut();
        }
        return ": "
                + load.mainCause()
                        .orElse(facts.tree.size() == 0 ? "no block was seen" : "no workload has one on record");
    }

    private String numbers() {
        var due = load.text();
        return (due.isEmpty() ? "" : due + "; ") + "too young to judge " + young;
    }

    /** A chain that stopped does not keep anything young. */
    private boolean isYoung(long height, long at) {
        return end - height < settings.withinBlocks() && !pace.isTimeFor(settings.withinBlocks(), at);
    }

    private void judgeInscriptions(List<String> problems) {
        Set<HeaderId> chain = new HashSet<>();
        facts.tree.chain().forEach(block -> chain.add(block.block()));
        Set<ChannelId> there = new HashSet<>();
        for (var event : facts.events) {
            if (event instanceof ChannelMessageObserved message
                    && message.blob() == null
                    && chain.contains(message.block())) {
                there.add(message.channel());
            }
        }
        var missing = new ArrayList<String>();
        int before = judged;
        for (var each : opened.values()) {
            var channel = each.first().channel();
            if (!there.contains(channel) && isYoung(each.height(), each.first().at())) {
                young++;
                continue;
            }
            judged++;
            if (!there.contains(channel)) {
                missing.add("  channel " + channel.toHex() + ": inscription submitted at "
                        + time(each.first().at()) + " (height " + each.height() + "), not on the chain at height "
                        + end);
            }
        }
        report(problems, "inscriptions", settings.inscriptionsPercent(), judged - before, missing);
    }

    private void judgeBlobs(List<String> problems) {
        var missing = new ArrayList<String>();
        int before = judged;
        for (var fate : ledger.fates()) {
            boolean there = fate.block() != null;
            if (!there && isYoung(fate.submittedHeight(), fate.submittedAt())) {
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
        report(problems, "blobs", settings.blobsPercent(), judged - before, missing);
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

    private void report(List<String> problems, String what, int percent, int all, List<String> missing) {
        if ((all - missing.size()) * 100L >= (long) percent * all) {
            return;
        }
        problems.add("expected " + percent + " % of the " + what + " on the chain within " + settings.withinBlocks()
                + " blocks but " + missing.size() + " of " + all + " were not:\n" + Listing.of(missing));
    }
}
