package org.junitnomos.devnode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junitnomos.defect.DefectGroup;
import org.junitnomos.defect.DefectLoad;
import org.junitnomos.defect.DefectScope;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.devnode.defect.Planting;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

/**
 * Runs four nodes for some minutes under every kind of load, valid and hostile, with a restart and a cut, and writes
 * down all that can be seen of them: each message, and the answers to all questions in every slot.
 */
final class DefectScript {
    static final int NODES = 4;
    static final int EXECUTOR = 3;

    /** When the defect begins: in slot 8. */
    static final long FROM = 16 * DevNet.SECOND;

    /** When another one begins: in slot 20. */
    static final long OTHER_FROM = 40 * DevNet.SECOND;

    private static final long SLOT = 2 * DevNet.SECOND;
    private static final int WATCH_AT = 10;
    private static final int CUT_AT = 16;
    private static final int RESTART_AT = 24;
    private static final int WALLETS = 50;

    /** After so many slots a wallet spends again. */
    private static final int AGAIN = 20;

    private static final int COLUMNS = 8;
    private static final ChannelId CHANNEL = ChannelId.fromHex("01".repeat(32));

    private final TestGenesis genesis = TestGenesis.withProviders(NODES, WALLETS, NODES);
    private final List<String> seen = new ArrayList<>();
    private final List<SignedMantleTx> submitted = new ArrayList<>();
    private final List<List<ApiResponse>> dispersed = new ArrayList<>();
    private final AtomicLong deeds = new AtomicLong();
    private final NodeDefect defect;
    private final int victim;
    private final DevNet net;

    /** Runs right nodes: those that could have the defect are the same. */
    static DefectScript right(NodeDefect defect) {
        return new DefectScript(defect, List.of()).run();
    }

    /** Runs nodes of which one, or all, have a defect. */
    static DefectScript with(NodeDefect defect) {
        var deeds = new AtomicLong();
        var script = new DefectScript(defect, planted(defect, defect, FROM, deeds)).run();
        script.deeds.set(deeds.get());
        return script;
    }

    /** The same nodes get another defect later. */
    static DefectScript with(NodeDefect defect, NodeDefect other) {
        var planted = new ArrayList<>(planted(defect, defect, FROM, new AtomicLong()));
        planted.addAll(planted(defect, other, OTHER_FROM, new AtomicLong()));
        return new DefectScript(defect, planted).run();
    }

    private static List<PlantedDefect> planted(NodeDefect of, NodeDefect defect, long from, AtomicLong deeds) {
        return Stream.of("node-0", "node-1", "node-2", "node-3")
                .filter(node -> of.scope() == DefectScope.ALL || node.equals("node-" + victim(of)))
                .map(node -> new PlantedDefect(node, defect, Duration.ofNanos(from), deeds))
                .toList();
    }

    private DefectScript(NodeDefect defect, List<PlantedDefect> planted) {
        this.defect = defect;
        victim = victim(defect);
        net = DevNet.create(
                        NODES,
                        Layout.FULL,
                        genesis,
                        config -> TestConfigs.withColumns(
                                config.name().equals("node-" + EXECUTOR) ? TestConfigs.asExecutor(config) : config,
                                COLUMNS),
                        new Planting(planted))
                .tracing();
    }

    private static int victim(NodeDefect defect) {
        return defect.scope() == DefectScope.EXECUTOR ? EXECUTOR : 1;
    }

    List<String> seen() {
        return seen;
    }

    long deeds() {
        return deeds.get();
    }

    private DefectScript run() {
        try {
            play();
        } catch (IllegalStateException death) {
            seen.add(net.now() + " node-" + victim + " died: " + death.getMessage());
        }
        return this;
    }

    private void play() {
        net.start();
        for (int slot = 0; slot < slots(); slot++) {
            net.run(SLOT);
            seen.addAll(net.trace());
            net.trace().clear();
            load(slot);
            if (slot % 2 == 0 || defect.load() == DefectLoad.PARTITION) {
                look(victim);
                look(0);
            }
        }
    }

    /** How long it takes until everything has happened that the defect needs. */
    private int slots() {
        return switch (defect.load()) {
            case LONG_PARTITION -> 76;
            case PARTITION, RESTARTS -> 44;
            default -> 34;
        };
    }

    private void load(int slot) {
        if (slot == WATCH_AT && defect.load() == DefectLoad.STREAMS) {
            watch();
        }
        if (slot == RESTART_AT && defect.load() == DefectLoad.RESTARTS && net.node(victim).running) {
            net.node(victim).restart();
        }
        cut(slot);
        if (slot < WALLETS - 1) {
            for (int of = 0; of < NODES; of++) {
                submit(of, transaction(slot));
            }
            submit(slot % NODES, hostile(slot));
        }
        if (slot % 6 == 2
                && (defect.group() == DefectGroup.DATA_AVAILABILITY || defect.load() == DefectLoad.RESTARTS)) {
            byte[] data = new byte[31 * (1 + slot % 3)];
            data[0] = (byte) slot;
            dispersed.add(ask(
                    EXECUTOR,
                    "/disperse-data",
                    new BlobRequest.Disperse(CHANNEL, MsgId.ZERO, Ed25519PrivateKey.ZERO.publicKey(), data)));
        }
    }

    private void cut(int slot) {
        boolean cut = defect.load() == DefectLoad.PARTITION || defect.load() == DefectLoad.LONG_PARTITION;
        int until = defect.load() == DefectLoad.PARTITION ? 24 : 54;
        if (cut && (slot == CUT_AT || slot == until)) {
            net.cutHalves(slot == until);
        }
    }

    /** Later ones spend what earlier ones gave. */
    private SignedMantleTx transaction(int slot) {
        int wallet = slot % AGAIN;
        var note = genesis.walletNote(wallet);
        for (int spent = 0; spent < slot / AGAIN; spent++) {
            note = genesis.renew(wallet, note).tx().noteIds().get(0);
        }
        return genesis.renew(wallet, note);
    }

    /** What a right ledger refuses: spends of what is spent, of others, of too much, of nothing, and out of order. */
    private SignedMantleTx hostile(int slot) {
        NoteId spent = genesis.walletNote(Math.max(0, slot - 10));
        NoteId fresh = genesis.walletNote(WALLETS - 1);
        var thief = genesis.walletKeys().get(slot);
        return switch (slot % 5) {
            case 0 ->
                genesis.pay(Math.max(0, slot - 10), List.of(spent), List.of(new Note(60, thief), new Note(40, thief)));
            case 1 -> genesis.pay(WALLETS - 1, List.of(fresh), List.of(new Note(1000 + slot, thief)));
            case 2 -> genesis.pay(slot, List.of(fresh), List.of(new Note(100, thief)));
            case 3 -> genesis.pay(WALLETS - 1, List.of(fresh), List.of(new Note(0, thief), new Note(100, thief)));
            default ->
                genesis.operate(
                        genesis.wallet(slot),
                        new ChannelInscribe(
                                CHANNEL,
                                new byte[] {(byte) slot},
                                MsgId.fromHex("77".repeat(32)),
                                genesis.wallet(slot).publicKey()));
        };
    }

    private void submit(int node, SignedMantleTx transaction) {
        submitted.add(transaction);
        note(node, "POST /mempool/add/tx", net.node(node).submit(transaction));
    }

    private List<ApiResponse> ask(int node, String path, BlobRequest request) {
        return net.node(node).ask(path.startsWith("/disperse") ? "POST" : "GET", path, BlobRequestJson.encode(request));
    }

    /** Reads the streams from the beginning on. */
    private void watch() {
        for (int i = 0; i < EXECUTOR; i++) {
            int node = i;
            var lines =
                    net.node(node).request("GET", "/cryptarchia/lib-stream", "").lines();
            lines.begin(
                    line -> seen.add(
                            net.now() + " node-" + node + " lib-stream " + new String(line, StandardCharsets.UTF_8)),
                    () -> {});
        }
    }

    private void look(int number) {
        Member node = net.node(number);
        var info = node.request("GET", "/cryptarchia/info", "");
        note(number, "GET /cryptarchia/info", info);
        get(number, "/cryptarchia/headers");
        get(number, "/mantle/metrics");
        get(number, "/network/info");
        if (number != EXECUTOR) {
            String key = genesis.leader(number).toPublicKey().toString();
            note(number, "GET /wallet/balance", node.request("GET", "/wallet/" + key + "/balance", ""));
        }
        if (!submitted.isEmpty()) {
            var last = submitted.get(Math.max(0, submitted.size() - 30)).hash();
            note(number, "POST /mantle/status", node.request("POST", "/mantle/status", "[\"" + last + "\"]"));
        }
        block(number, DevNet.text(info));
        shares(number);
        dispersed.forEach(answers -> answers.forEach(answer -> note(EXECUTOR, "POST /disperse-data", answer)));
    }

    private void get(int node, String path) {
        note(node, "GET " + path, net.node(node).request("GET", path, ""));
    }

    private void block(int node, String info) {
        if (info.contains("\"tip\":\"")) {
            String tip = '"' + DevNet.field(info, "tip") + '"';
            note(node, "POST /storage/block", net.node(node).request("POST", "/storage/block", tip));
        }
    }

    private void shares(int node) {
        for (var answers : dispersed) {
            if (!answers.isEmpty() && answers.get(0).status() == 200) {
                var blob = MantleJsonValues.decodeBlobId(answers.get(0).body());
                var found = ask(node, "/da/sampling/shares", new BlobRequest.Shares(blob, List.of(), List.of(), true));
                found.forEach(answer -> note(node, "GET /da/sampling/shares", answer));
            }
        }
    }

    private void note(int node, String question, ApiResponse answer) {
        String text = answer.later() == null ? answer.status() + " " + DevNet.text(answer) : "nothing yet";
        seen.add(net.now() + " node-" + node + " " + question + " " + text);
    }
}
