package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.BlobMembership;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.scenario.RunContext;

/** Asks every node that answers for what it holds of a blob. Used by one thread. */
final class ShareHunt {
    private final List<NodeHandle> nodes;
    private final Map<Long, BlobMembership> memberships = new HashMap<>();

    /** Names of the nodes of the plan by their peer ids. */
    private final Map<String, String> peers = new HashMap<>();

    /**
     * What the nodes gave.
     *
     * @param commitments commitments that lead to the id of the blob; null if no node has them
     * @param shares shares by column; verified if dev nodes made them, else of the length that they must have
     * @param holders names of the nodes that gave each of them
     * @param wrong shares that do not verify, and nodes that did not answer, for texts
     * @param liars by name of a node, the first thing it gave that is not what it should be
     */
    record Found(
            @Nullable BlobCommitments commitments,
            SortedMap<Integer, BlobShare> shares,
            SortedMap<Integer, List<String>> holders,
            List<String> wrong,
            SortedMap<String, String> liars) {}

    ShareHunt(RunContext run) {
        this.nodes = NodeSelector.running().choose(run.cluster().nodes());
        var providers = run.cluster().genesis().providers();
        for (var node : run.scenario().topology().nodes()) {
            peers.put(providers.get(node.index()).publicKey().toPeerId(), node.name());
        }
    }

    Found find(BlobId blob) {
        var wrong = new ArrayList<String>();
        var liars = new TreeMap<String, String>();
        var given = new LinkedHashMap<String, List<BlobShare>>();
        BlobCommitments commitments = null;
        for (var node : nodes) {
            try {
                var held = node.client().blobs().storedCommitments(blob);
                if (held.isPresent() && held.get().areOf(blob)) {
                    commitments = commitments == null ? held.get() : commitments;
                } else if (held.isPresent()) {
                    String text = "the commitments that " + node.name() + " gives are those of another blob";
                    wrong.add(text);
                    liars.putIfAbsent(node.name(), text);
                }
                given.put(node.name(), node.client().blobs().shares(blob));
            } catch (NodeApiException e) {
                wrong.add(node.name() + " does not answer: " + e.reason());
            }
        }
        var shares = new TreeMap<Integer, BlobShare>();
        var holders = new TreeMap<Integer, List<String>>();
        for (var entry : given.entrySet()) {
            for (var share : entry.getValue()) {
                if (commitments != null && fits(commitments, share)) {
                    var other = shares.putIfAbsent(share.index(), share);
                    var names = holders.computeIfAbsent(share.index(), column -> new ArrayList<>());
                    if (other != null && !Arrays.equals(other.column(), share.column())) {
                        wrong.add("column " + share.index() + " that " + entry.getKey() + " gives is not that of "
                                + names.get(0));
                    }
                    names.add(entry.getKey());
                } else {
                    String text = "column " + share.index() + " that " + entry.getKey() + " gives does not verify";
                    wrong.add(text);
                    if (commitments != null) { // else nobody can say which share is right
                        liars.putIfAbsent(entry.getKey(), text);
                    }
                }
            }
        }
        return new Found(commitments, shares, holders, wrong, liars);
    }

    /** The proofs of real nodes are their own business: what they give is judged by its bytes. */
    private static boolean fits(BlobCommitments commitments, BlobShare share) {
        return commitments.columns() == 0 ? share.rows() == commitments.rows() : commitments.verify(share);
    }

    /** Whether a node is asked. */
    boolean asks(String node) {
        return nodes.stream().anyMatch(each -> each.name().equals(node));
    }

    /** Which nodes are asked, for texts. */
    String asked() {
        return nodes.isEmpty()
                ? "no node runs"
                : "of the nodes only these run: "
                        + String.join(", ", nodes.stream().map(NodeHandle::name).toList());
    }

    /** How many nodes are asked. */
    int size() {
        return nodes.size();
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Who should hold a column in a session: names of nodes, or peer ids of members that nobody knows. */
    List<String> membersOf(long session, int column) {
        return membership(session).membersOf(column).stream()
                .map(member -> peers.getOrDefault(member, member))
                .toList();
    }

    /** The number of subnets of a session; 0 if no node tells. */
    int subnets(long session) {
        return membership(session).subnets().size();
    }

    private BlobMembership membership(long session) {
        var known = memberships.get(session);
        if (known != null) {
            return known;
        }
        BlobMembership found = new BlobMembership(new TreeMap<>(), new TreeMap<>());
        for (var node : nodes) {
            try {
                found = node.client().blobs().membership(session);
            } catch (NodeApiException e) {
                continue;
            }
            if (!found.subnets().isEmpty()) {
                break;
            }
        }
        memberships.put(session, found);
        return found;
    }
}
