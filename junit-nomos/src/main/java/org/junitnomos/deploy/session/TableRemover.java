package org.junitnomos.deploy.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.deploy.nft.Nft;

/**
 * Deletes tables of the packet filter whose name is the marker of their entry, with underscores in the place of its
 * dashes. Where the filter cannot be asked, nobody knows whether they are there, and whoever made them is believed.
 */
final class TableRemover implements Remover {
    private final Filter filter;
    private boolean isLost;

    TableRemover() {
        this(Nft::ofThisMachine);
    }

    TableRemover(Filter filter) {
        this.filter = filter;
    }

    /** Looks for the packet filter, each time anew: it is installed and removed like any program. */
    @FunctionalInterface
    interface Filter {
        Nft find() throws IOException;
    }

    /** The name of the table of an entry. */
    static String table(String marker) {
        return marker.replace('-', '_');
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.TABLE;
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(2); // the program that makes one outlives the test JVM for a moment
    }

    @Override
    public boolean canRetry(LedgerEntry entry) {
        return !isLost;
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) {
        Set<String> tables;
        try {
            tables = new TreeSet<>(filter.find().tables());
            isLost = false;
        } catch (IOException e) {
            isLost = true;
            return entries.stream().filter(entry -> !entry.released()).toList();
        }
        return entries.stream()
                .filter(entry -> tables.contains(table(entry.marker())))
                .toList();
    }

    @Override
    public void remove(List<LedgerEntry> entries) throws IOException {
        var nft = filter.find();
        var tables = nft.tables();
        IOException first = null;
        for (var entry : entries) {
            String table = table(entry.marker());
            try {
                if (tables.contains(table)) {
                    nft.delete(table);
                }
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
