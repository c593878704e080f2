package org.junitnomos.devnode.defect;

import java.util.List;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;

/** Defects of a leader. */
final class LeadershipBehaviors {
    private static final int FUTURE_SLOTS = 20;
    private static final int LATE_SLOTS = 4;

    private LeadershipBehaviors() {}

    static Behavior neverLeads(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public boolean leads(boolean wins) {
                site.act(wins);
                return false;
            }
        });
    }

    static Behavior leadsEverySlot(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public boolean leads(boolean wins) {
                return site.act(!wins) || wins;
            }
        });
    }

    static Behavior emptyBlocks(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public List<SignedMantleTx> transactions(List<SignedMantleTx> valid) {
                return site.act(!valid.isEmpty()) ? List.of() : valid;
            }
        });
    }

    static Behavior futureBlocks(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public long slot(long current) {
                site.act();
                return current + FUTURE_SLOTS;
            }
        });
    }

    static Behavior leadsOnOldBlocks(Site site) {
        return Behavior.ofLeader(right -> new Passing.Leader(right) {
            @Override
            public ChainBlock parent(ChainBlock tip) {
                ChainBlock older = tip.parent();
                return older != null && older.state() != null && site.act(true) ? older : tip;
            }
        });
    }

    /** Knows which blocks the node made, and changes how it tells of them. */
    private abstract static class OfOwnBlocks extends Behavior {
        private final Recent<HeaderId> own = new Recent<>();

        @Override
        LeaderRules leader(LeaderRules right) {
            return new Passing.Leader(right) {
                @Override
                public List<Block> blocks(Block made) {
                    List<Block> published = publish(made);
                    published.forEach(block -> own.add(block.id()));
                    return published;
                }
            };
        }

        @Override
        Outbox outbox(Outbox right) {
            return new Passing.Out(right) {
                @Override
                public void send(String peer, PeerMessage message, long delayNanos) {
                    if (message instanceof PeerMessage.Proposal proposal
                            && own.contains(proposal.header().id())) {
                        tell(right, peer, proposal, delayNanos);
                    } else {
                        right.send(peer, message, delayNanos);
                    }
                }
            };
        }

        List<Block> publish(Block made) {
            return List.of(made);
        }

        abstract void tell(Outbox right, String peer, PeerMessage.Proposal own, long delayNanos);
    }

    static Behavior lateProposals(Site site) {
        return new OfOwnBlocks() {
            @Override
            void tell(Outbox right, String peer, PeerMessage.Proposal own, long delayNanos) {
                site.act();
                right.send(peer, own, delayNanos + site.slots(LATE_SLOTS));
            }
        };
    }

    static Behavior twoBlocksASlot(Site site) {
        Recent<HeaderId> twins = new Recent<>();
        return new OfOwnBlocks() {
            @Override
            List<Block> publish(Block made) {
                List<SignedMantleTx> transactions = made.transactions();
                if (transactions.isEmpty()) {
                    return List.of(made);
                }
                Block twin = BlockSigner.sign(
                        made.header().parent(), made.header().slot(), transactions.subList(0, transactions.size() - 1));
                twins.add(made.id());
                twins.add(twin.id());
                return List.of(made, twin);
            }

            @Override
            void tell(Outbox right, String peer, PeerMessage.Proposal own, long delayNanos) {
                int half = Math.floorMod(site.config().peers().indexOf(peer), 2);
                int at = twins.indexOf(own.header().id());
                if (at < 0 || half == at % 2) {
                    right.send(peer, own, delayNanos);
                } else {
                    site.act();
                }
            }
        };
    }

    /** Tells nobody of the blocks of others. */
    static Behavior forwardsNoBlocks(Site site) {
        Recent<HeaderId> own = new Recent<>();
        return new Behavior() {
            @Override
            LeaderRules leader(LeaderRules right) {
                return new Passing.Leader(right) {
                    @Override
                    public List<Block> blocks(Block made) {
                        own.add(made.id());
                        return right.blocks(made);
                    }
                };
            }

            @Override
            Outbox outbox(Outbox right) {
                return new Passing.Out(right) {
                    @Override
                    public void send(String peer, PeerMessage message, long delayNanos) {
                        boolean foreign = message instanceof PeerMessage.Proposal proposal
                                && !own.contains(proposal.header().id());
                        if (!site.act(foreign)) {
                            right.send(peer, message, delayNanos);
                        }
                    }
                };
            }
        };
    }
}
