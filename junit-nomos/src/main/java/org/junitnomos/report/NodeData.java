package org.junitnomos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.NodeTimeline.History;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** The nodes of a run: who they are, and what they went through. */
final class NodeData {
    private final TopologySpec topology;
    private final NodeTimeline timeline;
    private final List<String> names;

    NodeData(TopologySpec topology, NodeTimeline timeline) {
        this.topology = topology;
        this.timeline = timeline;
        var all = new LinkedHashSet<String>();
        topology.nodes().forEach(spec -> all.add(spec.name()));
        all.addAll(timeline.nodes()); // those that were added
        this.names = List.copyOf(all);
    }

    /** {@return the names in the order of the lanes; a number of a node in the page counts here} */
    List<String> names() {
        return names;
    }

    List<Object> json(ChainData chain, Thinning thinning) {
        var specs = new TreeMap<String, NodeSpec>();
        topology.nodes().forEach(spec -> specs.put(spec.name(), spec));
        var list = new ArrayList<Object>();
        var told = new Thinning();
        for (var name : names) {
            var history = timeline.find(name);
            var spec = specs.get(name);
            var node = new LinkedHashMap<String, @Nullable Object>();
            node.put("name", PageTexts.visible(name));
            node.put("role", spec == null ? "added" : spec.role().name().toLowerCase(Locale.ROOT));
            node.put("stake", spec == null ? null : topology.leaderStake(spec.index()));
            node.put("states", history.map(NodeData::states).orElse(List.of()));
            node.put("blind", history.map(NodeData::blind).orElse(List.of()));
            node.put("contradictions", history.map(NodeData::contradictions).orElse(List.of()));
            node.put("seen", history.map(History::blocksSeen).orElse(0L));
            node.put(
                    "tips",
                    history.map(each -> chain.tips(each, names.size(), told)).orElse(new LinkedHashMap<>()));
            Optional<TipChanged> tip = history.flatMap(History::tip);
            node.put("height", tip.map(TipChanged::height).orElse(0L));
            node.put("lib", tip.map(TipChanged::libHeight).orElse(-1L));
            list.add(node);
        }
        told.notes().stream().findFirst().ifPresent(thinning::note); // one for all nodes
        return list;
    }

    private static List<Object> states(History node) {
        var list = new ArrayList<Object>();
        for (var change : node.states()) {
            list.add(List.of(
                    PageTexts.millis(change.at()),
                    change.state().name(),
                    change.intended(),
                    PageTexts.visible(change.reason())));
        }
        return list;
    }

    private static List<Object> blind(History node) {
        var list = new ArrayList<Object>();
        for (var span : node.blindSpans()) {
            list.add(List.of(PageTexts.millis(span.from()), end(span.to()), PageTexts.visible(span.reason())));
        }
        return list;
    }

    private static List<Object> contradictions(History node) {
        var list = new ArrayList<Object>();
        for (var span : node.contradictions()) {
            list.add(List.of(
                    PageTexts.millis(span.from()),
                    end(span.to()),
                    PageTexts.visible(span.about()),
                    PageTexts.visible(span.expected()),
                    PageTexts.visible(span.observed()),
                    span.times()));
        }
        return list;
    }

    private static long end(long nanos) {
        return nanos == NodeTimeline.OPEN ? -1 : PageTexts.millis(nanos);
    }
}
