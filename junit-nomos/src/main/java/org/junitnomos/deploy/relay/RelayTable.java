package org.junitnomos.deploy.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.deploy.nft.Nft.Elements;
import org.junitnomos.deploy.nft.NftRefusedException;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;

/**
 * A table of the packet filter with one rule: on the loopback, ports of nodes take datagrams from the relay alone. It
 * sees nothing else of the traffic of this machine. Not thread-safe.
 */
final class RelayTable {
    private static final String NODES = "nodes";
    private static final String RELAYS = "relays";
    private static final String NAME_TO_TRY = "nomos_try";
    private static final String RULE =
            "oifname \"lo\" udp dport @" + NODES + " udp sport != @" + RELAYS + " counter name \"past\" drop";
    private static final List<String> CONTENT = List.of(
            "  counter past { }",
            "  set " + NODES + " { type inet_service; }",
            "  set " + RELAYS + " { type inet_service; }",
            "  chain output {",
            "    type filter hook output priority 0; policy accept;",
            "    " + RULE,
            "  }");
    private static final Pattern COUNTED = Pattern.compile("counter past \\{[^}]*packets ([0-9]+) ");

    private final Nft nft;
    private final Entry entry;
    private final String name;
    private final Map<String, Ports> admitted = new TreeMap<>();

    private record Ports(List<Integer> nodes, List<Integer> relays) {
        List<Elements> elements() {
            return List.of(new Elements(RELAYS, relays), new Elements(NODES, nodes));
        }
    }

    private RelayTable(Nft nft, Entry entry) {
        this.nft = nft;
        this.entry = entry;
        this.name = entry.tableName();
    }

    /** Makes a table, which is in the ledger before it is there, and stays there if nobody knows whether it is. */
    static RelayTable create(Nft nft, Scope scope) throws IOException {
        Entry entry = scope.register(ResourceKind.TABLE, "rule that nothing goes past the relays of nodes");
        var table = new RelayTable(nft, entry);
        try {
            nft.create(table.name, CONTENT);
        } catch (NftRefusedException e) {
            entry.released();
            throw e;
        }
        entry.created();
        return table;
    }

    /** Says why no such table can be made, if so. */
    static void check(Nft nft) throws IOException {
        nft.check(NAME_TO_TRY, CONTENT);
    }

    String name() {
        return name;
    }

    /** Closes ports of a node to all but the relay. */
    void admit(String node, List<Integer> nodes, List<Integer> relays) throws IOException {
        var ports = new Ports(nodes, relays);
        nft.add(name, ports.elements());
        admitted.put(node, ports);
    }

    /** Lets ports go of a node that is gone. */
    void dismiss(String node) throws IOException {
        Ports ports = admitted.remove(node);
        if (ports != null) {
            nft.remove(name, ports.elements());
        }
    }

    /**
     * Counts the datagrams that were to go past the relay, and were dropped.
     *
     * @throws IOException if the table is not as it was made; says what is not
     */
    long past() throws IOException {
        String shown = nft.show(name);
        require("hook output", shown);
        require(RULE, shown);
        for (Ports ports : admitted.values()) {
            requireAll(NODES, ports.nodes(), shown);
            requireAll(RELAYS, ports.relays(), shown);
        }
        Matcher counted = COUNTED.matcher(shown);
        if (!counted.find()) {
            throw new IOException("table " + name + " has no counter any more");
        }
        return Long.parseLong(counted.group(1));
    }

    private void require(String part, String shown) throws IOException {
        if (!shown.contains(part)) {
            throw new IOException("somebody changed table " + name + ": it has not '" + part + "' any more");
        }
    }

    private void requireAll(String set, List<Integer> ports, String shown) throws IOException {
        Matcher elements = Pattern.compile("set " + set + " \\{[^}]*elements = \\{([^}]*)\\}")
                .matcher(shown);
        var there = new TreeSet<Integer>();
        if (elements.find()) {
            for (String element : elements.group(1).split(",")) {
                there.add(Integer.parseInt(element.strip()));
            }
        }
        var missing = new ArrayList<>(ports);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new IOException(
                    "somebody changed table " + name + ": set " + set + " has not " + missing + " any more");
        }
    }

    /** Deletes it. If that fails it stays in the ledger, and is looked for when the deployment is settled. */
    void close() throws IOException {
        if (nft.tables().contains(name)) {
            nft.delete(name);
        }
        entry.released();
    }
}
