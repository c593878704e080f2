package org.junitnomos.devnode.defect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;

/** Defects of what a node answers about its chain. */
final class AnswerBehaviors {
    static final String INFO = "/cryptarchia/info";
    private static final String HEADERS = "/cryptarchia/headers";
    private static final String BLOCK = "/storage/block";
    private static final String NOWHERE = "ab".repeat(32);
    private static final Pattern LIB = Pattern.compile("\"lib\":\"([0-9a-f]{64})\"");
    private static final Pattern TIP = Pattern.compile("\"tip\":\"([0-9a-f]{64})\"");
    private static final Pattern HEADER = Pattern.compile("[0-9a-f]{64}");
    private static final int BACK_EVERY = 5;
    private static final int FAILS_EVERY = 4;
    private static final int SKIPS_EVERY = 3;

    private AnswerBehaviors() {}

    static Behavior ofInfo(Site site, UnaryOperator<String> change) {
        return Answers.changing(site, INFO::equals, change);
    }

    private static String find(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        return found.find() ? found.group(1) : NOWHERE;
    }

    private static String withLib(String body, String lib) {
        return LIB.matcher(body).replaceFirst("\"lib\":\"" + lib + "\"");
    }

    /** Remembers the first block of its kind that it told of. */
    private static final class First {
        private String id = "";

        String of(String current) {
            id = id.isEmpty() ? current : id;
            return id;
        }
    }

    static Behavior libStandsStill(Site site) {
        First first = new First();
        return ofInfo(site, body -> withLib(body, first.of(find(LIB, body))));
    }

    static Behavior libGoesBack(Site site) {
        First first = new First();
        int[] asked = new int[1];
        return ofInfo(site, body -> {
            String old = first.of(find(LIB, body));
            return ++asked[0] % BACK_EVERY == 0 ? withLib(body, old) : body;
        });
    }

    static Behavior libIsTheTip(Site site) {
        return ofInfo(site, body -> withLib(body, find(TIP, body)));
    }

    static Behavior libOfNoChain(Site site) {
        return ofInfo(site, body -> withLib(body, NOWHERE));
    }

    static Behavior libRunsAhead(Site site) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                ApiResponse answer = right.handle(request, now);
                if (!request.path().equals(INFO) || answer.status() != 200) {
                    return answer;
                }
                List<String> branch = headers(right, now);
                if (branch.size() < 3) {
                    return answer;
                }
                site.act();
                return Answers.json(withLib(Answers.text(answer), branch.get(branch.size() / 2)));
            }
        });
    }

    /** From the tip down to the last irreversible block. */
    private static List<String> headers(NodeCore right, long now) {
        ApiRequest request = new ApiRequest("GET", HEADERS, Map.of(), "", new byte[0]);
        List<String> ids = new ArrayList<>();
        Matcher found = HEADER.matcher(Answers.text(right.handle(request, now)));
        while (found.find()) {
            ids.add(found.group());
        }
        return ids;
    }

    static Behavior libStreamSkips(Site site) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                ApiResponse answer = right.handle(request, now);
                ApiResponse.LineSource lines = answer.lines();
                return lines == null || !request.path().equals("/cryptarchia/lib-stream")
                        ? answer
                        : new ApiResponse(
                                answer.status(),
                                answer.contentType(),
                                answer.others(),
                                answer.body(),
                                skipping(site, lines),
                                null);
            }
        });
    }

    private static ApiResponse.LineSource skipping(Site site, ApiResponse.LineSource lines) {
        return new ApiResponse.LineSource() {
            private int count;

            @Override
            public void begin(Consumer<byte[]> sink, Runnable end) {
                lines.begin(
                        line -> {
                            if (!site.act(++count % SKIPS_EVERY == 0)) {
                                sink.accept(line);
                            }
                        },
                        end);
            }

            @Override
            public void close() {
                lines.close();
            }
        };
    }

    static Behavior heightOffByOne(Site site) {
        return ofInfo(site, Answers.adding("height", -1));
    }

    static Behavior cachedTip(Site site) {
        First first = new First();
        return ofInfo(site, first::of);
    }

    static Behavior headersOfNoChain(Site site) {
        return Answers.changing(site, HEADERS::equals, body -> body.replaceAll("\"[0-9a-f]{4}", "\"abab"));
    }

    static Behavior incompleteBlocks(Site site) {
        return Answers.changing(site, BLOCK::equals, AnswerBehaviors::withoutLast);
    }

    private static String withoutLast(String body) {
        if (body.equals("null")) {
            return body;
        }
        Block block = MantleJson.decodeBlock(body.getBytes(StandardCharsets.UTF_8));
        List<SignedMantleTx> transactions = block.transactions();
        return transactions.isEmpty()
                ? body
                : new String(
                        MantleJson.encode(new Block(
                                block.header(), block.signature(), transactions.subList(0, transactions.size() - 1))),
                        StandardCharsets.UTF_8);
    }

    static Behavior forgetsBlocks(Site site) {
        return Answers.changing(site, BLOCK::equals, body -> "null");
    }

    static Behavior failsNowAndThen(Site site) {
        int[] asked = new int[1];
        return Answers.taking(
                site,
                (request, right, now) -> ++asked[0] % FAILS_EVERY == 0 ? Answers.error(500, "channel closed") : null);
    }

    static Behavior neverAnswers(Site site) {
        return Answers.taking(site, (request, right, now) -> Answers.never());
    }

    static Behavior wrongBalances(Site site) {
        return Answers.changing(
                site, path -> path.startsWith("/wallet/") && path.endsWith("/balance"), Answers.adding("balance", 1));
    }

    static Behavior seesNoPeers(Site site) {
        return Answers.changing(
                site, "/network/info"::equals, body -> body.replaceAll("\"n_(peers|connections)\":\\d+", "\"n_$1\":0"));
    }

    static Behavior saysBootstrapping(Site site) {
        return ofInfo(site, body -> body.replace("\"Online\"", "\"Bootstrapping\""));
    }

    static Behavior hidesItsPool(Site site) {
        return Answers.changing(
                site,
                "/mantle/metrics"::equals,
                body -> body.replaceFirst("\"pending_items\":\\d+", "\"pending_items\":0"));
    }
}
