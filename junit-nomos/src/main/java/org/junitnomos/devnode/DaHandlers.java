package org.junitnomos.devnode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.da.BlobRef;
import org.junitnomos.devnode.da.DataAvailabilityService;
import org.junitnomos.devnode.da.PeerMonitor;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.MantleJsonValues;

/** Tells about blobs and the peers that hold them (node contract 1.4). */
final class DaHandlers {
    /** How long the network is asked for commitments (node contract 5.4). */
    private static final long COMMITMENTS_NANOS = 1_000_000_000L;

    private final DataAvailabilityService availability;
    private final Timers timers;
    private final NodeLog log;

    DaHandlers(DataAvailabilityService availability, Timers timers, NodeLog log) {
        this.availability = availability;
        this.timers = timers;
        this.log = log;
    }

    /** A node that nobody gives them waits until the time is over, even if all its peers said that they have none. */
    ApiResponse commitments(ApiRequest request, String value, long now) {
        BlobRequest.Commitments wanted = Requests.body(request, BlobRequestJson::decodeCommitments);
        BlobCommitments stored = availability.store().commitments(wanted.blob());
        if (stored != null) {
            return ApiResponses.json(BlobJson.encode(stored));
        }
        return ApiResponses.later(answer -> {
            Once once = new Once(answer);
            BlobRef blob = new BlobRef(wanted.blob(), wanted.session());
            availability.fetchCommitments(blob, now, found -> {
                if (found != null) {
                    once.accept(ApiResponses.json(BlobJson.encode(found)));
                }
            });
            timers.at(now + COMMITMENTS_NANOS, () -> once.accept(ApiResponses.text(500, "Failed to get range")));
        });
    }

    /** Takes the first of several answers. */
    private static final class Once implements Consumer<ApiResponse> {
        private final Consumer<ApiResponse> answer;
        private boolean answered;

        Once(Consumer<ApiResponse> answer) {
            this.answer = answer;
        }

        @Override
        public void accept(ApiResponse response) {
            if (!answered) {
                answered = true;
                answer.accept(response);
            }
        }
    }

    private static ApiResponse orNull(@Nullable BlobCommitments commitments) {
        return commitments == null ? ApiResponses.nullJson() : ApiResponses.json(BlobJson.encode(commitments));
    }

    ApiResponse storedCommitments(ApiRequest request, String value, long now) {
        BlobRequest.StoredCommitments wanted = Requests.body(request, BlobRequestJson::decodeStoredCommitments);
        return orNull(availability.store().commitments(wanted.blob()));
    }

    ApiResponse share(ApiRequest request, String value, long now) {
        BlobRequest.Share wanted = Requests.body(request, BlobRequestJson::decodeShare);
        BlobShare share = availability.store().given(wanted.blob()).get(wanted.column());
        return share == null ? ApiResponses.nullJson() : ApiResponses.json(BlobJson.encode(share));
    }

    ApiResponse shares(ApiRequest request, String value, long now) {
        BlobRequest.Shares wanted = Requests.body(request, BlobRequestJson::decodeShares);
        SortedMap<Integer, BlobShare> held = availability.store().given(wanted.blob());
        if (availability.store().commitments(wanted.blob()) == null) {
            throw new ApiRefusal(500, "Blob index not found");
        }
        TreeSet<Integer> columns = new TreeSet<>();
        if (wanted.returnAvailable()) {
            columns.addAll(held.keySet());
            wanted.filtered().forEach(columns::remove);
        }
        columns.addAll(wanted.requested());
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int column : columns) {
            BlobShare share = held.get(column);
            if (share != null) {
                lines.writeBytes(BlobJson.encode(share));
                lines.write('\n');
            }
        }
        return ApiResponses.json(lines.toByteArray());
    }

    ApiResponse addShare(ApiRequest request, String value, long now) {
        BlobJson.FullShare full = Requests.body(request, BlobJson::decodeFullShare);
        String problem = availability.add(full.commitments(), full.share());
        if (problem != null) {
            log.warn("Refused share " + full.share().index() + " of blob "
                    + full.commitments().blobId() + ": " + problem + ".");
            throw new ApiRefusal(500, "Failed to verify share");
        }
        return ApiResponses.nullJson();
    }

    ApiResponse block(ApiRequest request, String value, long now) {
        return change(request, availability.monitor()::block);
    }

    ApiResponse unblock(ApiRequest request, String value, long now) {
        return change(request, availability.monitor()::unblock);
    }

    private static ApiResponse change(ApiRequest request, Predicate<String> change) {
        return ApiResponses.json(String.valueOf(change.test(Requests.body(request, MantleJsonValues::decodePeerId))));
    }

    ApiResponse blocked(ApiRequest request, String value, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        availability.monitor().blocked().forEach(list::add);
        return ApiResponses.json(JsonTrees.write(list));
    }

    ApiResponse balancer(ApiRequest request, String value, long now) {
        ObjectNode subnets = JsonNodeFactory.instance.objectNode();
        availability
                .connections(now)
                .forEach((column, counts) -> subnets.putObject(column.toString())
                        .put("inbound", counts.inbound())
                        .put("outbound", counts.outbound()));
        return ApiResponses.json(JsonTrees.write(subnets));
    }

    /** Only peers that ever failed are listed; the rates are failures in the last five seconds. */
    ApiResponse monitor(ApiRequest request, String value, long now) {
        PeerMonitor monitor = availability.monitor();
        ObjectNode peers = JsonNodeFactory.instance.objectNode();
        for (String peer : monitor.known()) {
            peers.putObject(peer)
                    .put("dispersal_failure_rate", rate(peer, PeerMonitor.Failure.DISPERSAL, now))
                    .put("sampling_failure_rate", rate(peer, PeerMonitor.Failure.SAMPLING, now))
                    .put("replication_failure_rate", rate(peer, PeerMonitor.Failure.REPLICATION, now));
        }
        return ApiResponses.json(JsonTrees.write(peers));
    }

    private String rate(String peer, PeerMonitor.Failure failure, long now) {
        return Integer.toString(availability.monitor().count(peer, failure, now));
    }
}
