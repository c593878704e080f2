package org.junitnomos.devnode.defect;

import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.PeerMessage;

/** Defects of the clock of a node. */
final class ClockBehaviors {
    private static final int APART_SLOTS = 6;
    private static final int DRIFT = 10;
    private static final int PERIOD_SLOTS = 20;

    private ClockBehaviors() {}

    static Behavior ahead(Site site) {
        return Behavior.ofCore(right -> new Shifted(right, site, site.slots(APART_SLOTS), 0));
    }

    static Behavior behind(Site site) {
        return Behavior.ofCore(right -> new Shifted(right, site, -site.slots(APART_SLOTS), 0));
    }

    static Behavior drifts(Site site) {
        return Behavior.ofCore(right -> new Shifted(right, site, 0, DRIFT));
    }

    /** Lets a node live at another time than it is. */
    private static final class Shifted extends Passing.Core {
        private final Site site;
        private final long shift;
        private final long drift;
        private long since = Long.MIN_VALUE;

        /** A drift of 10 gains a tenth of the time; 0 for none. */
        Shifted(NodeCore right, Site site, long shift, long drift) {
            super(right);
            this.site = site;
            this.shift = shift;
            this.drift = drift;
        }

        private long own(long now) {
            since = since == Long.MIN_VALUE ? now : since;
            return now + shift + (drift == 0 ? 0 : (now - since) / drift);
        }

        @Override
        public void start(long now) {
            right.start(own(now));
        }

        @Override
        public long nextTick(long now) {
            long wait = right.nextTick(own(now)) - own(now);
            return now + Math.max(1, drift == 0 ? wait : wait * drift / (drift + 1) + 1);
        }

        @Override
        public void tick(long now) {
            site.act();
            right.tick(own(now));
        }

        @Override
        public void receive(String peer, PeerMessage message, long now) {
            right.receive(peer, message, own(now));
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            return right.handle(request, own(now));
        }

        @Override
        public ApiResponse handleTesting(ApiRequest request, long now) {
            return right.handleTesting(request, own(now));
        }
    }

    static Behavior stops(Site site) {
        return Behavior.ofCore(right -> new Passing.Core(right) {
            @Override
            public long nextTick(long now) {
                return now + site.slots(1);
            }

            @Override
            public void tick(long now) {
                site.act();
            }
        });
    }

    static Behavior freezesNowAndThen(Site site) {
        return Behavior.ofCore(right -> new Freezing(right, site));
    }

    private static final class Freezing extends Passing.Core {
        private final Site site;
        private long since = Long.MIN_VALUE;

        Freezing(NodeCore right, Site site) {
            super(right);
            this.site = site;
        }

        private boolean isFrozen(long now) {
            since = since == Long.MIN_VALUE ? now : since;
            return (now - since) / site.config().slotNanos() % PERIOD_SLOTS < PERIOD_SLOTS / 2;
        }

        @Override
        public long nextTick(long now) {
            return isFrozen(now) ? now + site.slots(1) : right.nextTick(now);
        }

        @Override
        public void tick(long now) {
            if (!site.act(isFrozen(now))) {
                right.tick(now);
            }
        }

        @Override
        public void receive(String peer, PeerMessage message, long now) {
            if (!site.act(isFrozen(now))) {
                right.receive(peer, message, now);
            }
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            return site.act(isFrozen(now)) ? Answers.never() : right.handle(request, now);
        }
    }
}
