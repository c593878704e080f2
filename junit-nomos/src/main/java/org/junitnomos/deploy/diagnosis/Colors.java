package org.junitnomos.deploy.diagnosis;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** Takes colors out of lines: real nodes write them although nobody sees a terminal. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Colors {
    private static final Pattern CODES = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    private Colors() {}

    /**
     * Strips the codes of ECMA-48 that terminals take as colors and styles.
     *
     * @param text of a program
     * @return the same text without them
     */
    public static String strip(String text) {
        return text.indexOf('\u001b') < 0 ? text : CODES.matcher(text).replaceAll("");
    }
}
