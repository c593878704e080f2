package org.junitnomos.client;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.LinkSpec;

/** Speaks to the testing port of a dev node. */
final class HttpTestingClient implements TestingClient {

    private static final String LINKS = "/test/dev/links";
    private static final String PEERS = "/test/dev/peers";
    private static final String PROPOSALS = "/test/dev/proposals";
    private static final String CLOCK = "/test/dev/clock";
    private static final String SHARES = "/test/dev/shares";
    private static final String DEFECTS = "/test/dev/defects";
    private static final String METRICS = "/metrics";
    private static final int LARGEST_METRICS = 1 << 20;

    private final NodeHttp http;

    HttpTestingClient(NodeHttp main) {
        this.http = main.with(NodeAddress.Port.TESTING, main.timeout());
    }

    @Override
    public List<PeerLink> links() {
        return http.get(LINKS, HttpTestingClient::readLinks);
    }

    @Override
    public List<PeerLink> setLinks(List<PeerLink> changes) {
        Objects.requireNonNull(changes, "changes");
        byte[] body = AnswerShapes.write(json -> writeLinks(changes, json));
        return http.command(LINKS, body, HttpTestingClient::readLinks);
    }

    @Override
    public void addPeers(List<Peer> peers) {
        Objects.requireNonNull(peers, "peers");
        byte[] body = AnswerShapes.write(json -> writePeers(peers, json));
        http.command(PEERS, body, answer -> answer.length);
    }

    @Override
    public void reconnect(List<String> peers) {
        Objects.requireNonNull(peers, "peers");
        byte[] body = AnswerShapes.write(json -> {
            json.writeStartArray();
            for (String peer : peers) {
                json.writeStartObject();
                json.writeStringField("peer", peer);
                json.writeBooleanField("reconnect", true);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        http.command(PEERS, body, answer -> answer.length);
    }

    @Override
    public List<Connection> connections() {
        return http.get(
                PEERS,
                body -> AnswerFields.document(body)
                        .list(peer -> new Connection(
                                peer.field("peer").text(),
                                peer.field("connected").bool(),
                                peer.field("unreachable").signed())));
    }

    @Override
    public void removePeer(String peer) {
        Objects.requireNonNull(peer, "peer");
        http.delete(PEERS + "/" + peer, answer -> answer.length);
    }

    @Override
    public List<Proposal> proposals() {
        return http.get(
                PROPOSALS,
                body -> AnswerFields.document(body)
                        .list(proposal -> new Proposal(
                                proposal.field("id").id(HeaderId::fromHex),
                                proposal.field("slot").unsigned(),
                                proposal.field("height").unsigned())));
    }

    @Override
    public String metrics() {
        return http.get(METRICS, HttpTestingClient::readMetrics);
    }

    private static String readMetrics(byte[] body) throws IOException {
        if (body.length > LARGEST_METRICS) {
            throw new IOException("expected at most " + LARGEST_METRICS + " bytes of metrics but was " + body.length);
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public Duration clockSkew() {
        return http.get(CLOCK, HttpTestingClient::readSkew);
    }

    @Override
    public Duration setClockSkew(Duration ahead) {
        Objects.requireNonNull(ahead, "ahead");
        byte[] body = AnswerShapes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("skew_us", micros(ahead));
            json.writeEndObject();
        });
        return http.command(CLOCK, body, HttpTestingClient::readSkew);
    }

    @Override
    public ShareFaults shareFaults() {
        return http.get(SHARES, HttpTestingClient::readShareFaults);
    }

    @Override
    public ShareFaults setShareFaults(ShareFaults faults) {
        byte[] body = AnswerShapes.write(json -> {
            json.writeStartObject();
            writeColumns("withheld", faults.withheld(), json);
            writeColumns("corrupted", faults.corrupted(), json);
            json.writeEndObject();
        });
        return http.command(SHARES, body, HttpTestingClient::readShareFaults);
    }

    @Override
    public List<NodeDefect> defects() {
        return http.get(DEFECTS, HttpTestingClient::readDefects);
    }

    @Override
    public List<NodeDefect> setDefects(List<NodeDefect> defects) {
        byte[] body = AnswerShapes.write(json -> {
            json.writeStartArray();
            for (NodeDefect defect : defects) {
                json.writeString(defect.label());
            }
            json.writeEndArray();
        });
        return http.command(DEFECTS, body, HttpTestingClient::readDefects);
    }

    /** Of a node of another version there may be some that are not known here. */
    private static List<NodeDefect> readDefects(byte[] body) throws IOException {
        return AnswerFields.document(body).list(AnswerFields::text).stream()
                .flatMap(name -> NodeDefect.of(name).stream())
                .toList();
    }

    private static void writeColumns(String field, List<Integer> columns, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (int column : columns) {
            json.writeNumber(column);
        }
        json.writeEndArray();
    }

    private static ShareFaults readShareFaults(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        return new ShareFaults(
                answer.field("withheld").list(AnswerFields::count),
                answer.field("corrupted").list(AnswerFields::count));
    }

    private static void writePeers(List<Peer> peers, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Peer peer : peers) {
            json.writeStartObject();
            json.writeStringField("peer", peer.name());
            if (peer.address() != null) {
                json.writeStringField("address", peer.address());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLinks(List<PeerLink> links, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (PeerLink link : links) {
            json.writeStartObject();
            json.writeStringField("peer", link.peer());
            json.writeBooleanField("up", link.up());
            json.writeNumberField("latency_us", micros(link.quality().latency()));
            json.writeNumberField("jitter_us", micros(link.quality().jitter()));
            json.writeNumberField("loss_per_mille", link.quality().lossPerMille());
            json.writeNumberField("bytes_per_second", link.quality().bandwidth());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<PeerLink> readLinks(byte[] body) throws IOException {
        return AnswerFields.document(body).list(link -> {
            LinkSpec quality = new LinkSpec(
                    duration(link.field("latency_us")),
                    duration(link.field("jitter_us")),
                    link.field("loss_per_mille").count(),
                    link.field("bytes_per_second").signed());
            return new PeerLink(
                    link.field("peer").text(),
                    link.field("up").bool(),
                    link.field("connected").bool(),
                    quality);
        });
    }

    private static Duration readSkew(byte[] body) throws IOException {
        return duration(AnswerFields.document(body).field("skew_us"));
    }

    private static Duration duration(AnswerFields micros) {
        return Duration.of(micros.signed(), ChronoUnit.MICROS);
    }

    private static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }
}
