package org.junitnomos.deploy.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.settings.SettingNames;

/**
 * Sees how a node was built: a program that reads a key or a variable has its name among its texts, and so it has the
 * verification keys of the circuits. Without {@code testing} there is no testing port, without {@code pol-dev-mode} no
 * block in the time of a test (node contract 1.5, 3.3), and with the keys of another release it refuses every proof
 * (node contract 5.5).
 *
 * @param key proves on this machine; empty if it is not to be had or cannot be read
 */
record ProgramBuild(Optional<ProvingKey> key) {
    /** In each verification key. */
    private static final String ANY_KEY = "vk_delta_2";

    private static final Map<String, String> FEATURES = new LinkedHashMap<>();

    static {
        FEATURES.put("testing_http", "feature 'testing' (it has no testing port)");
        FEATURES.put("POL_PROOF_DEV_MODE", "feature 'pol-dev-mode' (it would make no block in the time of a test)");
    }

    /** Says what is wrong with the build of a program; statements about it, each with what mends it. */
    List<String> problems(Path program) throws IOException {
        return problems(ProgramTexts.missingIn(program, texts()));
    }

    /** The same, by the bytes of a program. */
    List<String> problems(InputStream program) throws IOException {
        return problems(ProgramTexts.missingIn(program, texts()));
    }

    private List<String> texts() {
        var texts = new ArrayList<>(FEATURES.keySet());
        texts.add(ANY_KEY);
        key.ifPresent(value -> texts.add(value.delta()));
        return texts;
    }

    private List<String> problems(Set<String> lacking) {
        var problems = new ArrayList<String>();
        FEATURES.forEach((text, feature) -> {
            if (lacking.contains(text)) {
                problems.add("was built without " + feature + ". Build it " + RealNodeFiles.FEATURES);
            }
        });
        key.filter(value -> !lacking.contains(ANY_KEY) && lacking.contains(value.delta()))
                .ifPresent(
                        value -> problems.add("was built with circuits of another release than that of " + value.file()
                                + ", so it refuses what they prove. Set "
                                + SettingNames.variable(SettingNames.CIRCUITS)
                                + " to the release that it was built with, or build it with these"));
        return problems;
    }
}
