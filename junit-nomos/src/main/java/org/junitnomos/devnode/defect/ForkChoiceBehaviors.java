package org.junitnomos.devnode.defect;

import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.chain.ForkChoice;
import org.junitnomos.devnode.chain.InvalidBlockException;
import org.junitnomos.mantle.Block;

/** Defects of the choice between branches. */
final class ForkChoiceBehaviors {
    private static final int MUCH_LONGER = 4;
    private static final int MORE_BLOCKS = 5;
    private static final int UNBOUNDED = 1_000_000;

    private ForkChoiceBehaviors() {}

    /** What a node does in place of what a right one does. */
    private interface Preference {
        boolean prefers(ChainBlock candidate, ChainBlock tip, boolean right);
    }

    private static Behavior choosing(Site site, Preference preference) {
        return new Choosing(site, preference);
    }

    /**
     * Chooses otherwise, and follows where a right node would stand with the same blocks. Choices that are made up for
     * before anybody asks, as with blocks that come at once, are none that could be noticed: so what counts is where
     * the node stands when it is asked.
     */
    private static final class Choosing extends Behavior {
        private final Site site;
        private final Preference preference;
        private @Nullable ChainBlock rightTip;
        private @Nullable ChainBlock ownTip;

        Choosing(Site site, Preference preference) {
            this.site = site;
            this.preference = preference;
        }

        @Override
        ForkChoice forkChoice(ForkChoice right) {
            return new Passing.Choice(right) {
                @Override
                public boolean prefers(
                        ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
                    ChainBlock before = rightTip == null ? tip : rightTip;
                    rightTip = right.prefers(candidate, before, parameters, online) ? candidate : before;
                    boolean chosen =
                            preference.prefers(candidate, tip, right.prefers(candidate, tip, parameters, online));
                    ownTip = chosen ? candidate : tip;
                    return chosen;
                }
            };
        }

        @Override
        NodeCore core(NodeCore right) {
            return new Passing.Core(right) {
                @Override
                public ApiResponse handle(ApiRequest request, long now) {
                    site.act(ownTip != rightTip);
                    return right.handle(request, now);
                }
            };
        }
    }

    static Behavior neverReorganizes(Site site) {
        return choosing(site, (candidate, tip, right) -> right && candidate.parent() == tip);
    }

    static Behavior givesInLate(Site site) {
        return choosing(
                site,
                (candidate, tip, right) ->
                        right && (candidate.parent() == tip || candidate.height() >= tip.height() + MUCH_LONGER));
    }

    static Behavior switchesAtATie(Site site) {
        return choosing(site, (candidate, tip, right) -> right || candidate.height() == tip.height());
    }

    static Behavior followsAnyBlock(Site site) {
        return choosing(site, (candidate, tip, right) -> true);
    }

    static Behavior reorgsBeyondK(Site site) {
        return Behavior.ofForkChoice(right -> new ForkChoice() {
            @Override
            public boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
                boolean longer = candidate.height() > tip.height();
                site.act(longer != right.prefers(candidate, tip, parameters, online));
                return longer;
            }

            @Override
            public int branchDepth(ChainParameters parameters) {
                return UNBOUNDED;
            }
        });
    }

    static Behavior stopsAtAHeight(Site site) {
        return new Behavior() {
            private int last;

            @Override
            BlockRules blocks(BlockRules right) {
                return new BlockRules() {
                    @Override
                    public ChainState apply(ChainState parent, int height, Block block) throws InvalidBlockException {
                        last = last == 0 ? height + MORE_BLOCKS : last;
                        if (site.act(height > last)) {
                            throw new InvalidBlockException("a defect ends the chain at height " + last);
                        }
                        return right.apply(parent, height, block);
                    }

                    @Override
                    public ChainState replay(ChainState parent, int height, Block block) throws InvalidBlockException {
                        return right.replay(parent, height, block);
                    }
                };
            }
        };
    }

    /** Hears no blocks of others. */
    static Behavior deaf(Site site) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public void receive(String peer, PeerMessage message, long now) {
                boolean ofBlocks =
                        message instanceof PeerMessage.Proposal || message instanceof PeerMessage.BlockResponse;
                if (!site.act(ofBlocks)) {
                    right.receive(peer, message, now);
                }
            }
        });
    }
}
