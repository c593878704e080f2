package org.junitnomos.client;

import java.util.Collections;
import java.util.List;
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
    /** Copies the maps. */
    public BlobMembership {
        TreeMap<Integer, List<String>> copy = new TreeMap<>();
        subnets.forEach((subnet, peers) -> copy.put(subnet, List.copyOf(peers)));
        subnets = Collections.unmodifiableSortedMap(copy);
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }
}
