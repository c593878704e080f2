package org.junitnomos.devnode.defect;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.mantle.Ed25519Signature;

/** Defects of what a node tells its peers. */
final class GossipBehaviors {
    private static final int SLOW_SLOTS = 5;
    private static final int TIMES = 4;

    private GossipBehaviors() {}

    /** Does not send some messages to some peers. */
    private static Behavior dropping(Site site, BiPredicate<String, PeerMessage> dropped) {
        return Behavior.ofOutbox(right -> new Passing.Out(right) {
            @Override
            public void send(String peer, PeerMessage message, long delayNanos) {
                if (!site.act(dropped.test(peer, message))) {
                    right.send(peer, message, delayNanos);
                }
            }
        });
    }

    static Behavior keepsTransactionsToItself(Site site) {
        return dropping(site, (peer, message) -> message instanceof PeerMessage.Transaction);
    }

    static Behavior keepsBlocksToItself(Site site) {
        return dropping(site, (peer, message) -> message instanceof PeerMessage.Proposal);
    }

    static Behavior muteToOnePeer(Site site) {
        List<String> peers = site.config().peers();
        return dropping(site, (peer, message) -> !peers.isEmpty() && peer.equals(peers.get(0)));
    }

    static Behavior servesNoBlocks(Site site) {
        return dropping(site, (peer, message) -> message instanceof PeerMessage.BlockResponse);
    }

    static Behavior slowGossip(Site site) {
        return Behavior.ofOutbox(right -> new Passing.Out(right) {
            @Override
            public void send(String peer, PeerMessage message, long delayNanos) {
                site.act();
                right.send(peer, message, delayNanos + site.slots(SLOW_SLOTS));
            }
        });
    }

    static Behavior wrongBlockSignatures(Site site) {
        return Behavior.ofOutbox(right -> new Passing.Out(right) {
            @Override
            public void send(String peer, PeerMessage message, long delayNanos) {
                if (message instanceof PeerMessage.Proposal proposal) {
                    site.act();
                    right.send(
                            peer,
                            new PeerMessage.Proposal(proposal.header(), Ed25519Signature.ZERO, proposal.transactions()),
                            delayNanos);
                } else {
                    right.send(peer, message, delayNanos);
                }
            }
        });
    }

    static Behavior repeatsItself(Site site) {
        return Behavior.ofOutbox(right -> new Passing.Out(right) {
            @Override
            public void send(String peer, PeerMessage message, long delayNanos) {
                site.act();
                for (int i = 0; i < TIMES; i++) {
                    right.send(peer, message, delayNanos);
                }
            }
        });
    }

    /** Says hello to a peer after a cut, and nothing else. */
    static Behavior muteAfterACut(Site site) {
        return new MuteAfterACut(site);
    }

    private static final class MuteAfterACut extends Behavior {
        private static final Pattern LINK = Pattern.compile("\\{[^}]*}");
        private static final Pattern PEER = Pattern.compile("\"peer\":\"([^\"]+)\"");

        private final Site site;
        private final Set<String> cut = new LinkedHashSet<>();

        MuteAfterACut(Site site) {
            this.site = site;
        }

        @Override
        Outbox outbox(Outbox right) {
            return new Passing.Out(right) {
                @Override
                public void send(String peer, PeerMessage message, long delayNanos) {
                    if (!site.act(cut.contains(peer) && !(message instanceof PeerMessage.Hello))) {
                        right.send(peer, message, delayNanos);
                    }
                }
            };
        }

        @Override
        NodeCore core(NodeCore right) {
            return new Passing.Core(right) {
                @Override
                public ApiResponse handleTesting(ApiRequest request, long now) {
                    if (request.path().equals("/test/dev/links")
                            && request.method().equals("POST")) {
                        note(new String(request.body(), StandardCharsets.UTF_8));
                    }
                    return right.handleTesting(request, now);
                }
            };
        }

        private void note(String links) {
            Matcher link = LINK.matcher(links);
            while (link.find()) {
                Matcher peer = PEER.matcher(link.group());
                if (link.group().contains("\"up\":false") && peer.find()) {
                    cut.add(peer.group(1));
                }
            }
        }
    }
}
