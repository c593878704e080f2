package org.junitnomos.devnode.defect;

import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.da.StoredShare;

/** Defects of the lives of a node: what goes wrong at its end, and after a restart. */
final class LifeBehaviors {
    private static final int DIES_AFTER = 4;
    private static final int REFUSES_AFTER = 10;

    private static final Behavior RIGHT = new Behavior() {};

    private LifeBehaviors() {}

    static Behavior deafAfterARestart(Site site) {
        return site.again() ? ForkChoiceBehaviors.deaf(site) : RIGHT;
    }

    static Behavior idleAfterARestart(Site site) {
        return site.again() ? LeadershipBehaviors.neverLeads(site) : RIGHT;
    }

    static Behavior bootstrapsAfterARestart(Site site) {
        return site.again() ? AnswerBehaviors.saysBootstrapping(site) : RIGHT;
    }

    /** Waits until it was seen to be back, or the restart itself would be taken for what failed. */
    static Behavior refusesAfterARestart(Site site) {
        return site.again()
                ? new Later(site, REFUSES_AFTER) {
                    @Override
                    ApiResponse handle(Passing.Core core, ApiRequest request, long now) {
                        return isDue(now) && site.act(true)
                                ? Answers.error(500, "channel closed")
                                : core.right.handle(request, now);
                    }
                }
                : RIGHT;
    }

    static Behavior diesAfterARestart(Site site) {
        return site.again() ? dies(site) : RIGHT;
    }

    static Behavior dies(Site site) {
        return new Later(site, DIES_AFTER) {
            @Override
            void tick(Passing.Core core, long now) {
                if (isDue(now) && site.act(true)) {
                    throw new IllegalStateException("a defect ends the node");
                }
                core.right.tick(now);
            }
        };
    }

    /** Begins some slots after it was first called. */
    private abstract static class Later extends Behavior {
        private final long wait;
        private final Since since = new Since();

        Later(Site site, int slots) {
            this.wait = site.slots(slots);
        }

        boolean isDue(long now) {
            return since.until(now) >= wait;
        }

        ApiResponse handle(Passing.Core core, ApiRequest request, long now) {
            return core.right.handle(request, now);
        }

        void tick(Passing.Core core, long now) {
            core.right.tick(now);
        }

        @Override
        NodeCore core(NodeCore right) {
            return new Passing.Core(right) {
                @Override
                public ApiResponse handle(ApiRequest request, long now) {
                    return Later.this.handle(this, request, now);
                }

                @Override
                public void tick(long now) {
                    Later.this.tick(this, now);
                }
            };
        }
    }

    static Behavior losesSharesAtARestart(Site site) {
        return new Behavior() {
            @Override
            NodeStore store(NodeStore right) {
                return new Passing.Store(right) {
                    @Override
                    public void append(StoredShare share) {
                        site.act();
                    }
                };
            }
        };
    }
}
