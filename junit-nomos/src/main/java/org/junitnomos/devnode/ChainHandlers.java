package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MantleJsonValues;

/** Answers questions about the chain (node contract 1.4). */
final class ChainHandlers {
    private static final int MAX_HEADERS = 512;

    private final Chain chain;
    private final Archive archive;
    private final BlockStreams streams;
    private @Nullable Standing told;
    private ApiResponse info = ApiResponses.nullJson();

    /** Where the node stands; most who ask are told the same as before. */
    private record Standing(ChainBlock tip, ChainBlock lib, boolean online) {
        String json() {
            return "{\"lib\":\"" + lib.id() + "\",\"tip\":\"" + tip.id() + "\",\"slot\":" + tip.slot() + ",\"height\":"
                    + tip.height() + ",\"mode\":\"" + (online ? "Online" : "Bootstrapping") + "\"}";
        }
    }

    ChainHandlers(Chain chain, Archive archive, BlockStreams streams) {
        this.chain = chain;
        this.archive = archive;
        this.streams = streams;
    }

    ApiResponse info(ApiRequest request, String value, long now) {
        Standing standing = new Standing(chain.tip(), chain.lib(), chain.isOnline());
        if (!standing.equals(told)) {
            told = standing;
            info = ApiResponses.json(standing.json());
        }
        return info;
    }

    ApiResponse headers(ApiRequest request, String value, long now) {
        @Nullable HeaderId from = Requests.optionalId(request, "from");
        @Nullable HeaderId to = Requests.optionalId(request, "to");
        int lowest = chain.lib().height();
        List<HeaderId> ids = new ArrayList<>();
        ChainBlock block = from == null ? chain.tip() : chain.find(from);
        while (block != null && block.height() >= lowest && ids.size() < MAX_HEADERS) {
            ids.add(block.id());
            block = block.id().equals(to) ? null : block.parent();
        }
        return ApiResponses.json(MantleJsonValues.encodeHeaderIds(ids));
    }

    ApiResponse libStream(ApiRequest request, String value, long now) {
        return ApiResponses.lines(streams.openFinalized());
    }

    /** Neither the LIB nor genesis, which is not stored, is part of any answer; those of earlier lives are. */
    ApiResponse blocks(ApiRequest request, String value, long now) {
        long from = Requests.requiredSlot(request, "slot_from");
        long to = Requests.requiredSlot(request, "slot_to");
        if (from != 0 && to == from - 1) {
            throw new ApiRefusal(500, "to_slot must be greater or equal to from_slot");
        }
        List<Block> found = new ArrayList<>();
        List<ChainBlock> below = chain.finals().subList(0, chain.lib().height());
        for (int i = firstAtOrAfter(below, from); i < below.size(); i++) {
            if (Long.compareUnsigned(below.get(i).slot(), to) > 0) {
                break;
            }
            Block block = below.get(i).block();
            if (block != null) {
                found.add(block);
            }
        }
        return ApiResponses.json(MantleJson.encodeApi(archive.withEarlier(found, from, to)));
    }

    private static int firstAtOrAfter(List<ChainBlock> finals, long slot) {
        int low = 0;
        int high = finals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(finals.get(middle).slot(), slot) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    ApiResponse blocksStream(ApiRequest request, String value, long now) {
        return ApiResponses.lines(streams.openApplied());
    }

    ApiResponse storageBlock(ApiRequest request, String value, long now) {
        HeaderId id = Requests.body(request, MantleJsonValues::decodeHeaderId);
        ChainBlock found = chain.find(id);
        Block block = found == null ? archive.find(id) : found.block();
        return block == null ? ApiResponses.nullJson() : ApiResponses.json(MantleJson.encode(block));
    }
}
