package org.junitnomos.realnode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dev node may answer otherwise than the real node did.
 *
 * @param reason why that is right
 * @param text whether what follows the first colon of the text may be another
 * @param missing fields that there may not be, as their paths are told
 * @param others other answers, status and body, that are right; none if it must be like the recorded one
 */
record Deviation(String reason, boolean text, List<String> missing, List<String> others) {
    private static final String RUST_JSON = "the Rust JSON library words it";
    private static final String RUST_FIELD = "the Rust parser of field elements words it";

    /** All deviations, by the name of the call. */
    static final Map<String, Deviation> ALL = all();

    private static Map<String, Deviation> all() {
        Map<String, Deviation> all = new LinkedHashMap<>();
        for (String call : List.of(
                "block bad hex",
                "block malformed",
                "block wrong shape",
                "status wrong shape",
                "tx malformed",
                "tx shape",
                "da block-peer bad",
                "da add-share bad",
                "historic bad",
                "disperse bad length",
                "disperse shape")) {
            all.put(call, new Deviation(RUST_JSON, true, List.of(), List.of()));
        }
        all.put("status too big fr", new Deviation(RUST_FIELD, true, List.of(), List.of()));
        all.put(
                "blocks explorer",
                new Deviation(
                        "the explorer routes are an option of the build, which that node lacked",
                        false,
                        List.of(),
                        List.of("200 []")));
        all.put(
                "block tip",
                new Deviation(
                        "only builds with a proof of leadership tell what it is about, and it is no part of the id",
                        false,
                        List.of(".header.proof_of_leadership.public"),
                        List.of()));
        for (String call : List.of("swagger", "openapi")) {
            all.put(call, new Deviation("a dev node has no pages about its API", false, List.of(), List.of("404 ")));
        }
        for (String call : List.of("tx transfer after inclusion", "tx transfer after inclusion, other node")) {
            all.put(
                    call,
                    new Deviation(
                            "whether a node knows the transaction depends on who proposed since",
                            false,
                            List.of(),
                            List.of("500 Item already in mempool")));
        }
        return all;
    }

    /** Whether a dev node never answers as the real one did. */
    boolean isAlwaysNeeded() {
        return text || !missing.isEmpty() || others.contains("404 ");
    }
}
