package org.junitnomos.deploy.container;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.VisibleText;
import org.slf4j.LoggerFactory;

/** Puts what an engine says into words. */
final class EngineWording {
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private EngineWording() {}

    /** What the engine said, without the wrapping of the library. */
    static String by(@Nullable Throwable failure) {
        if (failure == null) {
            return "it did not say why";
        }
        String text = String.valueOf(failure.getMessage());
        Matcher message = MESSAGE.matcher(text);
        String told = message.find() ? message.group(1).replace("\\\"", "\"").replace("\\n", " ") : text;
        return VisibleText.of(told.strip()).replaceFirst("\\.$", "");
    }

    /** What to do about it, as a sentence behind a blank; empty if nothing special is known. */
    static String advice(Throwable failure) {
        String text = by(failure).toLowerCase(Locale.ROOT);
        if (text.contains("exec format error")) {
            return " The image is for another kind of processor: choose one for that of the engine.";
        }
        if (text.contains("exec:") && text.contains("permission denied")) {
            return " The program may not be executed: mend its rights in the image.";
        }
        if (text.contains("exec:")) {
            return " The program is not in the image: correct '" + ContainerSettings.COMMAND + "', '"
                    + ContainerSettings.PREFIX + "entry-point' or '" + ContainerSettings.PREFIX + "image'.";
        }
        if (text.contains("no space left")) {
            return " Make room where the engine keeps its data (docker system df).";
        }
        return "";
    }

    /** Removes something; returns whether it is gone, which it also is if it was not there. */
    static boolean isGone(Runnable removal) {
        try {
            removal.run();
            return true;
        } catch (NotFoundException e) {
            return true;
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(EngineWording.class).debug("Not removed yet", e);
            return false;
        }
    }
}
