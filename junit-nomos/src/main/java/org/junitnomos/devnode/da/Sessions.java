package org.junitnomos.devnode.da;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;

/**
 * Knows the members of each session (node contract 2.7): sessions 0 and 1 have those of genesis, a later one those that
 * were declared when the session before it began. A session begins when the LIB is in it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Sessions {
    private final Chain chain;
    private final DaSettings settings;
    private final TreeMap<Long, List<SdpDeclare>> providers = new TreeMap<>();
    private final Map<Long, Membership> memberships = new HashMap<>();

    /** Begins with a chain of genesis alone. */
    public Sessions(Chain chain, DaSettings settings) {
        this.chain = chain;
        this.settings = settings;
        List<SdpDeclare> genesis = providersIn(chain.tipState().ledger());
        providers.put(0L, genesis);
        providers.put(1L, genesis);
    }

    private static List<SdpDeclare> providersIn(LedgerState ledger) {
        List<SdpDeclare> found = new ArrayList<>();
        ledger.declarations().forEach((id, declaration) -> {
            if (declaration.declare().serviceType() == ServiceType.DATA_AVAILABILITY) {
                found.add(declaration.declare());
            }
        });
        found.sort(Comparator.comparing(SdpDeclare::providerId));
        return found;
    }

    /** Takes note of blocks that joined the branch of the tip; a later branch replaces what an earlier one said. */
    public void follow(List<ChainBlock> adopted) {
        for (ChainBlock block : adopted) {
            ChainState state = block.state();
            if ((block.height() + 1) % settings.sessionBlocks() == 0 && state != null) {
                long session = (block.height() + 1) / settings.sessionBlocks() + 1;
                providers.put(session, providersIn(state.ledger()));
                memberships.remove(session);
            }
        }
    }

    /** {@return the number of the session that began last, which is that of the LIB} */
    public long current() {
        return chain.lib().height() / settings.sessionBlocks();
    }

    /**
     * Returns the members of a session.
     *
     * @param session its number, unsigned
     * @return the members; none if it is not known yet
     */
    public Membership membership(long session) {
        List<SdpDeclare> known = providers.get(session);
        return known == null
                ? Membership.EMPTY
                : memberships.computeIfAbsent(session, number -> Membership.assign(number, known, settings));
    }
}
