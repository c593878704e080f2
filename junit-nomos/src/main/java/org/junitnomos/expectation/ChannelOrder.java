package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that every message of a channel on the reference chain names the last one before it as its parent (node
 * contract 2.6): a pure function of the journal.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ChannelOrder() implements Expectation {
    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        Map<HeaderId, List<ChannelMessageObserved>> messages = new HashMap<>();
        for (var event : facts.events) {
            if (event instanceof ChannelMessageObserved message) {
                messages.computeIfAbsent(message.block(), block -> new ArrayList<>())
                        .add(message);
            }
        }
        Map<ChannelId, MsgId> tips = new HashMap<>();
        var wrong = new ArrayList<String>();
        int judged = 0;
        for (var block : facts.tree.chain()) {
            for (var message : messages.getOrDefault(block.block(), List.of())) {
                judged++;
                var tip = tips.getOrDefault(message.channel(), MsgId.ZERO);
                // The genesis inscription, which the feed does not see, opened the channel of zeros.
                boolean ofGenesis = message.channel().equals(ChannelId.ZERO) && tip.equals(MsgId.ZERO);
                if (!message.parent().equals(tip) && !ofGenesis) {
                    wrong.add("  message " + message.message().toHex() + " of channel "
                            + message.channel().toHex() + " in block "
                            + block.block().toHex() + " at height " + block.height() + " has the parent "
                            + message.parent().toHex() + " but the tip of the channel was " + tip.toHex());
                }
                tips.put(message.channel(), message.message());
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionFailedError("expected every message to follow the tip of its channel but " + wrong.size()
                    + " of " + judged + " do not:\n"
                    + Listing.of(wrong));
        }
        if (judged == 0) {
            throw new InconclusiveException("no message of a channel is on the chain: "
                    + (facts.tree.size() == 0
                            ? "no block was seen"
                            : messages.isEmpty()
                                    ? "none was seen in " + facts.tree.size() + " blocks"
                                    : "they are all on branches that lost")
                    + new LoadFacts(facts).becauseOfTheCut());
        }
    }
}
