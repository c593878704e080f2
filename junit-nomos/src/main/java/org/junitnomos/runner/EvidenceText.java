package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.TimeMode;

/** Says what is to be known about the evidence of a run that did not pass. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class EvidenceText {
    private EvidenceText() {}

    /**
     * {@return what to do by when or what for, in order; empty if there is nothing}
     *
     * @param info the run
     * @param directory its directory; null if it has none
     */
    public static Map<String, String> of(RunInfo info, @Nullable Path directory) {
        var texts = new LinkedHashMap<String, String>();
        if (directory == null) {
            return texts;
        }
        if (info.origin() != null && info.time() == TimeMode.REAL && RunDirectory.isBuilt(directory)) {
            texts.put(
                    "before a clean build",
                    "copy " + directory + ", which the replay reads, or set nomos.directory to a place that no build"
                            + " removes");
        }
        if (info.settings().zip()) {
            texts.put("evidence as one file", EvidenceZip.of(directory).toString());
        }
        return texts;
    }
}
