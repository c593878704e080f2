package org.junitnomos.deploy.session;

import java.io.IOException;
import java.util.List;
import org.junitnomos.deploy.program.DirectoryTrees;

/** Deletes directories that carry the marker of their entry; see {@link MarkedDirectory}. */
final class DirectoryRemover implements Remover {

    @Override
    public ResourceKind kind() {
        return ResourceKind.DIRECTORY;
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) {
        return entries.stream()
                .filter(entry -> !MarkedDirectory.present(entry).isEmpty())
                .toList();
    }

    @Override
    public void remove(List<LedgerEntry> entries) throws IOException {
        IOException first = null;
        for (var entry : entries) {
            for (var directory : MarkedDirectory.present(entry)) {
                try {
                    DirectoryTrees.delete(directory);
                } catch (IOException e) {
                    if (first == null) {
                        first = e;
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
