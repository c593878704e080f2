package org.junitnomos.devnode.defect;

import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.PeerMessage;

/** Defects of the clock of a node. */
final class ClockBehaviors {
    private static final int APART_SLOTS = 6;
    private static final int FAST = 2;
    private static final int DRIFT = 10;
    private static final int PERIOD_SLOTS = 20;

    private ClockBehaviors() {}

    static Behavior ahead(Site site) {
        return shifted(site, 1, FAST, site.slots(APART_SLOTS));
    }

    static Behavior behind(Site site) {
        return shifted(site, -1, FAST, site.slots(APART_SLOTS));
    }

    static Behavior drifts(Site site) {
        return shifted(site, 1, DRIFT, Long.MAX_VALUE);
    }

    /** Gains, or loses if the sign is -1, a part of the time: half of it for 2, up to the most. */
    private static Behavior shifted(Site site, int sign, int part, long most) {
        var since = new Since();
        return Behavior.ofCore(right -> new Shifted(right, site, since, sign, part, most));
    }

    /** Lets a node live at another time than it is; its clock gets there step by step, as a jump would be a halt. */
    private static final class Shifted extends Passing.Core {
        private final Site site;
        private final Since since;
        private final int sign;
        private final int part;
        private final long most;

        Shifted(NodeCore right, Site site, Since since, int sign, int part, long most) {
            super(right);
            this.site = site;
            this.since = since;
            this.sign = sign;
            this.part = part;
            this.most = most;
        }

        private long gained(long now) {
            return since.until(now) / part;
        }

        private long own(long now) {
            return now + sign * Math.min(gained(now), most);
        }

        @Override
        public void start(long now) {
            right.start(own(now));
        }

        @Override
        public long nextTick(long now) {
            long wait = right.nextTick(own(now)) - own(now);
            boolean moving = gained(now) < most;
            return now + Math.max(1, moving ? wait * part / (part + sign) + 1 : wait);
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
        var since = new Since();
        return Behavior.ofCore(right -> new Freezing(right, site, since));
    }

    private static final class Freezing extends Passing.Core {
        private final Site site;
        private final Since since;

        Freezing(NodeCore right, Site site, Since since) {
            super(right);
            this.site = site;
            this.since = since;
        }

        private boolean isFrozen(long now) {
            return since.until(now) / site.config().slotNanos() % PERIOD_SLOTS < PERIOD_SLOTS / 2;
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
