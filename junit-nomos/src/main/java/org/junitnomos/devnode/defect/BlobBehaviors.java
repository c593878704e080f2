package org.junitnomos.devnode.defect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.WireFormatException;

/** Defects of what a node does with blobs. */
final class BlobBehaviors {
    private static final String SHARES = "/da/sampling/shares";
    private static final String SHARE = "/da/get-share";
    private static final String DISPERSE = "/disperse-data";
    private static final Pattern FIRST_BYTE = Pattern.compile("(\"column\":\\[\\[)(\\d+)");
    private static final int DROPS_EVERY = 3;
    private static final int REFUSES_EVERY = 3;
    private static final int REMEMBERED = 2;

    private BlobBehaviors() {}

    private static boolean isOfShares(String path) {
        return path.equals(SHARES) || path.equals(SHARE);
    }

    static Behavior keepsNoShares(Site site) {
        return Behavior.ofShares(right -> new Passing.Shares(right) {
            @Override
            public boolean keeps(BlobCommitments commitments, BlobShare share) {
                site.act();
                return false;
            }
        });
    }

    static Behavior givesWrongShares(Site site) {
        return Answers.changing(
                site,
                BlobBehaviors::isOfShares,
                body -> FIRST_BYTE
                        .matcher(body)
                        .replaceAll(found -> found.group(1) + (Integer.parseInt(found.group(2)) ^ 1)));
    }

    static Behavior givesNoShares(Site site) {
        return Answers.taking(site, (request, right, now) -> {
            if (request.path().equals(SHARES)) {
                return Answers.error(500, "Blob index not found");
            }
            return request.path().equals(SHARE) ? Answers.json("null") : null;
        });
    }

    static Behavior forgetsOldBlobs(Site site) {
        Deque<BlobId> last = new ArrayDeque<>();
        return new Behavior() {
            @Override
            DaRules shares(DaRules right) {
                return new Passing.Shares(right) {
                    @Override
                    public boolean keeps(BlobCommitments commitments, BlobShare share) {
                        last.remove(commitments.blobId());
                        last.addLast(commitments.blobId());
                        if (last.size() > REMEMBERED) {
                            last.removeFirst();
                        }
                        return right.keeps(commitments, share);
                    }
                };
            }

            @Override
            NodeCore core(NodeCore right) {
                return Answers.taking(site, (request, node, now) -> {
                            boolean known = !request.path().equals(SHARES) || last.contains(blobOf(request));
                            return known ? null : Answers.error(500, "Blob index not found");
                        })
                        .core(right);
            }
        };
    }

    /** Null if the request names none. */
    private static @Nullable BlobId blobOf(ApiRequest request) {
        try {
            return BlobRequestJson.decodeShares(request.body()).blob();
        } catch (WireFormatException malformed) {
            return null;
        }
    }

    static Behavior admitsNoBlobs(Site site) {
        return Behavior.ofShares(right -> new Passing.Shares(right) {
            @Override
            public boolean admits(boolean sampled) {
                site.act(sampled);
                return false;
            }
        });
    }

    static Behavior onlySaysDispersed(Site site) {
        int[] made = new int[1];
        return Answers.takingEvery(
                site,
                DROPS_EVERY,
                DISPERSE,
                (request, right, now) ->
                        Answers.json("[" + "7,".repeat(30) + (++made[0] & 127) + "," + (made[0] >> 7 & 127) + "]"));
    }

    static Behavior refusesBlobs(Site site) {
        return Answers.takingEvery(
                site, REFUSES_EVERY, DISPERSE, (request, right, now) -> Answers.error(500, "Failed to disperse data"));
    }

    static Behavior dispersesOtherBytes(Site site) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                return right.handle(request.path().equals(DISPERSE) ? spoiled(site, request) : request, now);
            }
        });
    }

    private static ApiRequest spoiled(Site site, ApiRequest request) {
        BlobRequest.Disperse wanted;
        try {
            wanted = BlobRequestJson.decodeDisperse(request.body());
        } catch (WireFormatException malformed) {
            return request;
        }
        byte[] data = wanted.data();
        if (data.length == 0) {
            return request;
        }
        site.act();
        data[0] ^= 1;
        byte[] body = BlobRequestJson.encode(
                new BlobRequest.Disperse(wanted.channel(), wanted.parent(), wanted.signer(), data));
        return new ApiRequest(request.method(), request.path(), request.query(), request.contentType(), body);
    }
}
