package org.junitnomos.client;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Members of a data availability session, as answered by {@code POST /test/da/membership}.
 *
 * @param subnets peer ids of the members of each subnet; the subnet of a number holds the column of that number
 * @param addresses address of each member by its peer id
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BlobMembership(SortedMap<Integer, List<String>> subnets, SortedMap<String, String> addresses) {
    private static final String DNS = "/dns4/";

    /** Copies the maps. */
    public BlobMembership {
        TreeMap<Integer, List<String>> copy = new TreeMap<>();
        subnets.forEach((subnet, peers) -> copy.put(subnet, List.copyOf(peers)));
        subnets = Collections.unmodifiableSortedMap(copy);
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /**
     * Names the members of a subnet.
     *
     * @param subnet number of the subnet
     * @return names of the nodes, which dev nodes declare in their addresses as {@code /dns4/<name>/...}; the peer ids
     *     of others; empty if there is no such subnet
     */
    public List<String> membersOf(int subnet) {
        return subnets.getOrDefault(subnet, List.of()).stream()
                .map(this::nameOf)
                .toList();
    }

    /**
     * Finds a member by the name of its node.
     *
     * @param node name of the node
     * @return its peer id; empty if it is no member, or its address does not tell its name
     */
    public Optional<String> findPeer(String node) {
        return addresses.keySet().stream()
                .filter(peer -> nameOf(peer).equals(node))
                .findFirst();
    }

    private String nameOf(String peer) {
        String address = addresses.getOrDefault(peer, "");
        if (!address.startsWith(DNS)) {
            return peer;
        }
        int end = address.indexOf('/', DNS.length());
        return end < 0 ? address.substring(DNS.length()) : address.substring(DNS.length(), end);
    }
}
