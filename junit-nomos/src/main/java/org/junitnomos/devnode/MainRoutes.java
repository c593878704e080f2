package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Lists what the main port serves (node contract 1.3). */
final class MainRoutes {
    /** Who has a route. */
    private enum On {
        ALL,
        VALIDATORS,
        EXECUTORS,
        EXPLORERS
    }

    private record Entry(On on, String method, String path, Route.Handler handler) {}

    private MainRoutes() {}

    /** What answers. */
    record Handlers(
            ChainHandlers chains,
            MempoolHandlers mempools,
            WalletHandlers wallets,
            DaHandlers blobs,
            DispersalHandlers dispersals,
            SdpHandlers services) {}

    static List<Route> of(DevNodeConfig config, Handlers handlers, LinkQualities links) {
        ChainHandlers chains = handlers.chains();
        MempoolHandlers mempools = handlers.mempools();
        WalletHandlers wallets = handlers.wallets();
        DaHandlers blobs = handlers.blobs();
        SdpHandlers services = handlers.services();
        List<Entry> table = List.of(
                new Entry(On.ALL, "GET", "/mantle/metrics", mempools::metrics),
                new Entry(On.ALL, "POST", "/mantle/status", mempools::status),
                new Entry(On.ALL, "GET", "/cryptarchia/info", chains::info),
                new Entry(On.ALL, "GET", "/cryptarchia/headers", chains::headers),
                new Entry(On.VALIDATORS, "GET", "/cryptarchia/lib-stream", chains::libStream),
                new Entry(On.EXPLORERS, "GET", "/cryptarchia/blocks", chains::blocks),
                new Entry(On.EXPLORERS, "GET", "/cryptarchia/blocks/stream", chains::blocksStream),
                new Entry(On.ALL, "POST", "/storage/block", chains::storageBlock),
                new Entry(On.ALL, "POST", "/mempool/add/tx", mempools::add),
                new Entry(On.ALL, "GET", "/network/info", (request, value, now) -> networkInfo(links, now)),
                new Entry(On.VALIDATORS, "GET", "/wallet/:public_key/balance", wallets::balance),
                new Entry(On.VALIDATORS, "POST", "/wallet/transactions/transfer-funds", wallets::transfer),
                new Entry(On.ALL, "POST", "/da/get-commitments", blobs::commitments),
                new Entry(On.ALL, "GET", "/da/get-storage-commitments", blobs::storedCommitments),
                new Entry(On.ALL, "GET", "/da/get-share", blobs::share),
                new Entry(On.ALL, "GET", "/da/sampling/shares", blobs::shares),
                new Entry(On.ALL, "POST", "/da/add-share", blobs::addShare),
                new Entry(On.ALL, "POST", "/da/block-peer", blobs::block),
                new Entry(On.ALL, "POST", "/da/unblock-peer", blobs::unblock),
                new Entry(On.ALL, "GET", "/da/blacklisted-peers", blobs::blocked),
                new Entry(On.ALL, "GET", "/da/balancer-stats", blobs::balancer),
                new Entry(On.ALL, "GET", "/da/monitor-stats", blobs::monitor),
                new Entry(On.EXECUTORS, "POST", "/disperse-data", handlers.dispersals()::disperse),
                new Entry(On.ALL, "POST", "/sdp/declaration", services::declare),
                new Entry(On.ALL, "POST", "/sdp/activity", services::activity),
                new Entry(On.ALL, "POST", "/sdp/withdrawal", services::withdrawal));
        Set<On> has = EnumSet.of(On.ALL);
        if (config.executor()) {
            has.add(On.EXECUTORS);
        } else {
            has.add(On.VALIDATORS);
            if (config.blockExplorer()) {
                has.add(On.EXPLORERS);
            }
        }
        List<Route> routes = new ArrayList<>();
        for (Entry entry : table) {
            if (has.contains(entry.on())) {
                routes.add(Route.of(entry.method(), entry.path(), entry.handler()));
            }
        }
        return routes;
    }

    private static ApiResponse networkInfo(LinkQualities links, long now) {
        int peers = links.countConnected(now);
        return ApiResponses.json("{\"listen_addresses\":[\"/ip4/127.0.0.1/udp/3000/quic-v1\"],\"n_peers\":" + peers
                + ",\"n_connections\":" + peers + ",\"n_pending_connections\":0}");
    }
}
