package org.junitnomos.runner;

import java.util.Map;
import org.junitnomos.settings.SettingNames;

/** A launcher that says nothing of itself, far from a POM or a build script: an IDE, or one on the command line. */
record UnknownBuild() implements Build {
    @Override
    public String command(TestSelection test, Map<String, String> settings) {
        var text =
                new StringBuilder("run " + test.root() + " again as before (no build was found that runs it), with ");
        settings.forEach((name, value) -> {
            if (!SettingNames.isSetting(name)) {
                text.append(ShellWord.of(name, value)).append(" in the environment and ");
            }
        });
        text.append("the system properties -D").append(ShellWord.of(SettingNames.TEST, test.id()));
        settings.forEach((name, value) -> {
            if (SettingNames.isSetting(name)) {
                text.append(" -D").append(ShellWord.of(name, value));
            }
        });
        return text.toString();
    }
}
