package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.SdpDeclare;

/**
 * Knows who holds which column in a session. Every node computes the same from the declarations (node contract 4.1).
 * Immutable.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Membership {
    /** Nobody provides data availability. */
    public static final Membership EMPTY = new Membership(new TreeMap<>(), List.of());

    private final SortedMap<String, DaMember> members;
    private final List<List<DaMember>> subnets;

    private Membership(SortedMap<String, DaMember> members, List<List<DaMember>> subnets) {
        this.members = members;
        this.subnets = subnets;
    }

    /**
     * Assigns providers to subnets: each subnet gets as many members as it shall have, always the one with the fewest
     * subnets so far, in a shuffled order; who is left over then joins in turn, so that nobody is idle.
     */
    static Membership assign(long session, List<SdpDeclare> providers, DaSettings settings) {
        SortedMap<String, DaMember> members = new TreeMap<>();
        for (SdpDeclare provider : providers) {
            if (!provider.locators().isEmpty()) {
                members.put(provider.providerId().toPeerId(), DaMember.of(provider));
            }
        }
        if (members.isEmpty()) {
            return EMPTY;
        }
        List<DaMember> order = new ArrayList<>(members.values());
        Collections.shuffle(order, new Random(session));
        List<List<DaMember>> subnets = new ArrayList<>();
        for (int i = 0; i < settings.columns(); i++) {
            subnets.add(new ArrayList<>());
        }
        int[] load = new int[order.size()];
        int least = Math.min(settings.replication(), order.size());
        for (int turn = 0; turn < least * subnets.size(); turn++) {
            List<DaMember> subnet = subnets.get(turn % subnets.size());
            int chosen = leastLoaded(order, load, subnet);
            load[chosen]++;
            subnet.add(order.get(chosen));
        }
        int turn = 0;
        for (int i = 0; i < load.length; i++) {
            if (load[i] == 0) {
                subnets.get(turn++ % subnets.size()).add(order.get(i));
            }
        }
        return new Membership(members, subnets);
    }

    private static int leastLoaded(List<DaMember> order, int[] load, List<DaMember> subnet) {
        int chosen = -1;
        for (int i = 0; i < load.length; i++) {
            if (!subnet.contains(order.get(i)) && (chosen < 0 || load[i] < load[chosen])) {
                chosen = i;
            }
        }
        return chosen;
    }

    /** Tells whether nobody provides data availability. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** {@return the members by their peer ids, as an unmodifiable view} */
    public SortedMap<String, DaMember> members() {
        return Collections.unmodifiableSortedMap(members);
    }

    /** {@return the members of each subnet by column, as an unmodifiable view; empty without members} */
    public List<List<DaMember>> subnets() {
        return Collections.unmodifiableList(subnets);
    }

    List<DaMember> holders(int column) {
        return column < subnets.size() ? subnets.get(column) : List.of();
    }

    /** Returns the columns that a node is to hold. */
    List<Integer> columnsOf(String node) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < subnets.size(); column++) {
            if (subnets.get(column).stream().anyMatch(member -> member.name().equals(node))) {
                columns.add(column);
            }
        }
        return columns;
    }

    @Nullable
    DaMember find(String node) {
        return members.values().stream()
                .filter(member -> member.name().equals(node))
                .min(Comparator.comparing(DaMember::peerId))
                .orElse(null);
    }
}
